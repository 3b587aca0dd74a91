-- At which companies of the field each theme of praise clears the floor, and how often it is said there.
select
    prevalence.theme_id,
    prevalence.company,
    prevalence.prevalence

from prevalence
inner join themes
    on prevalence.industry = themes.industry
    and prevalence.theme_id = themes.theme_id
where
    prevalence.industry = $industry
    and themes.kind = 'value'
    and prevalence.source = '*'
    and prevalence.prevalence >= $floor
order by prevalence.theme_id, prevalence.company
