-- Reviews of a company with the same text (case, punctuation and blanks aside), or by the same author with the
-- same first 200 letters, point to the earliest of them. Texts of fewer than 40 letters are told apart by chance
-- only and stay as they are. A group can be linked by text and author in turns, hence both looks, twice.

with texts as (
    select
        review_id,
        company,
        author,
        published_at,
        regexp_replace(
            lower(nfc_normalize(concat_ws(' ', title, body))), '[^\p{L}\p{M}\p{N}]+', '', 'g'
        ) as letters
    from reviews
    where industry = $industry
),

aged as (
    select
        review_id,
        company,
        author,
        md5(letters) as whole,
        if(length(letters) >= 200, md5(left(letters, 200)), null) as beginning,
        row_number() over (order by published_at nulls last, review_id) as age
    from texts
    where length(letters) >= 40
),

same_text as (
    select *, min(age) over (partition by company, whole) as first_age
    from aged
),

same_author as (
    select
        * replace (
            if(
                author is null or beginning is null,
                first_age,
                min(first_age) over (partition by company, author, beginning)
            ) as first_age
        )
    from same_text
),

same_text_again as (
    select * replace (min(first_age) over (partition by company, whole) as first_age)
    from same_author
),

firsts as (
    select
        later.review_id,
        coalesce(before_that.review_id, earlier.review_id) as first_review
    from same_text_again as later
    inner join same_text_again as earlier on later.first_age = earlier.age
    left join same_text_again as before_that on earlier.first_age = before_that.age
),

marked as (
    select reviews.review_id, nullif(firsts.first_review, reviews.review_id) as duplicate_of
    from reviews
    left join firsts using (review_id)
    where reviews.industry = $industry
)

update reviews
set duplicate_of = marked.duplicate_of
from marked
where
    reviews.industry = $industry
    and reviews.review_id = marked.review_id
    and reviews.duplicate_of is distinct from marked.duplicate_of
