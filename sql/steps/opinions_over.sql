-- How many opinions each company has over some sources together, in a time if one is given.
select
    reviews.company,
    count(distinct coalesce(reviews.author, reviews.review_id)) as opinions
from reviews
where
    reviews.industry = $industry
    and reviews.kind != 'employee'
    and list_contains($sources, reviews.source)
    and ($since is null or reviews.published_at between $since and $until)
    and reviews.review_id in (select review_id from sentences where industry = $industry)
group by all
order by all;
