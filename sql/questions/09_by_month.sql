-- Is a belief heard more often than it used to be?
with months as (
    select date_trunc('month', reviews.published_at) as month, count(distinct sentences.review_id) as reviews,
        count(distinct sentences.review_id) filter (
            where sentences.sentence_id in (
                select sentence_id from theme_sentences where industry = $industry and theme_id = $theme
            )
        ) as mentions
    from sentences
    join reviews using (industry, review_id)
    where industry = $industry and reviews.published_at is not null
    group by month
)
select month, mentions, reviews, mentions / reviews as share
from months
order by month;
