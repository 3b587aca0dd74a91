-- How many employees' opinions there are: reviews that were mined, an author once per company.
select count(distinct (reviews.company, coalesce(reviews.author, reviews.review_id))) as opinions
from reviews
where
    reviews.industry = $industry
    and reviews.kind = 'employee'
    and reviews.review_id in (select review_id from sentences where industry = $industry);
