create macro compare(industry, a, b) as table
with

first_company as (

    select *

    from prevalence
    where
        prevalence.industry = industry
        and prevalence.company = a
        and prevalence.source = '*'

),

second_company as (

    select *

    from prevalence
    where
        prevalence.industry = industry
        and prevalence.company = b
        and prevalence.source = '*'

),

compared as (

    select
        -- ids
        themes.theme_id,
        themes.kind,
        themes.statement,

        -- the first company
        first_company.prevalence as a_prevalence,
        first_company.low as a_low,
        first_company.high as a_high,

        -- the second company
        second_company.prevalence as b_prevalence,
        second_company.low as b_low,
        second_company.high as b_high,

        -- the two of them
        first_company.prevalence - second_company.prevalence as difference,
        first_company.low > second_company.high or second_company.low > first_company.high as apart

    from themes
    inner join first_company
        on themes.industry = first_company.industry
        and themes.theme_id = first_company.theme_id
    inner join second_company
        on themes.industry = second_company.industry
        and themes.theme_id = second_company.theme_id
    order by themes.kind, abs(difference) desc, themes.theme_id

)

select * from compared;

comment on macro table compare is 'Two companies theme by theme, largest difference first; apart where the intervals do not overlap. from compare(''pet-insurance'', ''figo'', ''embrace'')';
