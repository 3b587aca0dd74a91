-- What each of some companies' customers say by theme and source, to be compared.
with

counted as (

    select
        prevalence.theme_id,
        themes.kind,
        themes.statement,
        prevalence.company,
        prevalence.source,
        prevalence.reviews,
        prevalence.mentions,
        prevalence.prevalence,
        prevalence.low,
        prevalence.high,
        prevalence.shrunk,
        prevalence.small,
        coalesce(industries.shared, false) as shared

    from prevalence
    inner join themes
        on prevalence.industry = themes.industry
        and prevalence.theme_id = themes.theme_id
    inner join industries on prevalence.industry = industries.industry
    where
        prevalence.industry = $industry
        and list_contains($companies, prevalence.company)
    order by themes.prevalence desc nulls last, prevalence.theme_id, prevalence.company, prevalence.source

)

select * from counted
