-- The companies, the user's first, with how much there is about each; employees' reviews count apart.
with

texts as (

    select distinct review_id

    from sentences
    where industry = $industry

),

written as (

    select
        reviews.company,
        count(*) filter (where reviews.kind <> 'employee') as reviews,
        count(texts.review_id) filter (where reviews.kind <> 'employee') as with_text,
        count(*) filter (where reviews.kind = 'employee') as of_employees,
        min(reviews.published_at) as since,
        max(reviews.published_at) as until

    from reviews
    left join texts on reviews.review_id = texts.review_id
    where reviews.industry = $industry
    group by reviews.company

),

placed as (

    select
        companies.company,
        companies.name,
        companies.ours,
        companies.in_field,
        coalesce(written.reviews, 0) as reviews,
        coalesce(written.with_text, 0) as with_text,
        coalesce(written.of_employees, 0) as of_employees,
        written.since,
        written.until

    from companies
    left join written on companies.company = written.company
    where companies.industry = $industry
    order by companies.ours desc, companies.name, companies.company

)

select * from placed
