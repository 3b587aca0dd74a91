-- How satisfied each company's customers are on the matter of a belief, most satisfied for sure first.
with

measured as (

    select
        links.company,
        companies.name,
        companies.ours,
        links.reviews,
        links.positive,
        links.negative,
        links.satisfaction,
        links.low,
        links.high,
        links.value_id

    from links
    inner join companies
        on links.industry = companies.industry
        and links.company = companies.company
    where
        links.industry = $industry
        and links.belief_id = $belief_id
    order by links.low desc nulls last, links.company

)

select * from measured
