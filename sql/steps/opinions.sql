-- How many opinions each company has at each source: customers' reviews that were mined, an author once.
select
    reviews.company,
    reviews.source,
    count(distinct coalesce(reviews.author, reviews.review_id)) as opinions
from reviews
where
    reviews.industry = $industry
    and reviews.kind != 'employee'
    and reviews.review_id in (select review_id from sentences where industry = $industry)
group by all
order by all;
