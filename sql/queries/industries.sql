with

reviewed as (

    select
        industry,
        count(*) as reviews,
        min(published_at) as data_from,
        max(published_at) as data_to

    from reviews
    group by industry

),

peopled as (

    select
        industry,
        count(*) as companies,
        count(*) filter (where in_field) as field

    from companies
    group by industry

),

themed as (

    select
        industry,
        count(*) filter (where kind = 'belief') as beliefs,
        count(*) filter (where kind = 'belief' and common) as common_beliefs,
        count(*) filter (where kind = 'value') as customer_values

    from themes
    group by industry

),

counted as (

    select
        industries.industry,
        industries.title,
        industries.floor,
        industries.field_min,
        industries.made_up,
        coalesce(peopled.companies, 0) as companies,
        coalesce(peopled.field, 0) as field,
        coalesce(reviewed.reviews, 0) as reviews,
        coalesce(themed.beliefs, 0) as beliefs,
        coalesce(themed.common_beliefs, 0) as common_beliefs,
        coalesce(themed.customer_values, 0) as customer_values,
        reviewed.data_from,
        reviewed.data_to

    from industries
    left join peopled on industries.industry = peopled.industry
    left join reviewed on industries.industry = reviewed.industry
    left join themed on industries.industry = themed.industry
    order by industries.industry

)

select * from counted
