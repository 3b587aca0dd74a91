-- Every theme of a kind counted over some of the reviews: over the field, or at one company.
with

counted as (

    select figures.*

    from prevalence_within(
        $industry, since := $since, until := $until, source := $source, language := $language, company := $company
    ) as figures
    inner join themes on figures.theme_id = themes.theme_id
    where
        themes.industry = $industry
        and themes.kind = $kind

),

compared as (

    -- like the figures over all reviews: the field where there is one, and one company where it is asked for
    select counted.*

    from counted
    inner join companies on counted.company = companies.company
    where
        companies.industry = $industry
        and (companies.in_field or $company is not null)

),

averaged as (

    -- each company weighs the same; intervals combined by the square-and-add method
    select
        compared.theme_id,
        sum(compared.mentions)::bigint as reviews,
        avg(compared.prevalence) as prevalence,
        sqrt(sum((compared.prevalence - compared.low) ^ 2)) / count(*) as down,
        sqrt(sum((compared.high - compared.prevalence) ^ 2)) / count(*) as up,
        count(*) filter (where compared.mentions > 0)::bigint as companies,
        count(*) filter (
            where compared.low >= (select floor from industries where industry = $industry)
        )::bigint as spread,
        count(*)::bigint as field

    from compared
    group by compared.theme_id

)

select
    theme_id,
    reviews,
    companies,
    prevalence,
    greatest(0.0, prevalence - down) as low,
    least(1.0, prevalence + up) as high,
    spread,
    field

from averaged
order by theme_id
