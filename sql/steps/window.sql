-- The time in which all companies of the field have reviews at the compared sources.
with spans as (
    select reviews.company, min(reviews.published_at) as since, max(reviews.published_at) as until
    from reviews
    where
        reviews.industry = $industry
        and reviews.kind != 'employee'
        and list_contains($sources, reviews.source)
        and list_contains($companies, reviews.company)
        and reviews.review_id in (select review_id from sentences where industry = $industry)
    group by reviews.company
)

select max(since), min(until)
from spans
having count(since) = len($companies) and max(since) < min(until);
