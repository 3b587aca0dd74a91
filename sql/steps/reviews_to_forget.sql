-- Reviews that a person names by an id, by an address or by their author, one row each.
select
    review_id,
    company,
    source,
    coalesce(locator, '') as locator,
    author,
    (
        select count(*) from sentences
        where sentences.industry = reviews.industry and sentences.review_id = reviews.review_id
    ) as sentences
from reviews
where
    industry = $industry
    and (review_id in $reviews or native_id in $reviews or url = $url or author = $author)
order by review_id
