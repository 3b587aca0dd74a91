-- A theme at every company, highest first; companies without a figure come last.
with

placed as (

    select
        companies.company,
        companies.name,
        companies.ours,
        companies.in_field,
        coalesce(prevalence.reviews, 0) as reviews,
        coalesce(prevalence.mentions, 0) as mentions,
        prevalence.prevalence,
        prevalence.low,
        prevalence.high

    from companies
    left join prevalence
        on companies.industry = prevalence.industry
        and companies.company = prevalence.company
        and prevalence.theme_id = $theme_id
        and prevalence.source = '*'
    where companies.industry = $industry
    order by prevalence.prevalence desc nulls last, companies.company

)

select * from placed
