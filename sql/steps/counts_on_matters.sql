-- For each belief and company over the compared sources: mentions, opinions, and who speaks well or ill of the matter.
select
    links.belief_id,
    links.company,
    coalesce(prevalence.mentions, 0) as mentions,
    links.reviews,
    links.positive,
    links.negative
from links
left join prevalence
    on prevalence.industry = links.industry
    and prevalence.theme_id = links.belief_id
    and prevalence.company = links.company
    and prevalence.source = '*'
where links.industry = $industry
order by links.belief_id, links.company;
