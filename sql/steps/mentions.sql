-- In how many opinions each theme occurs: by company and source, and (source *) over the compared sources and time.
with said as (
    select distinct
        theme_sentences.theme_id,
        reviews.company,
        reviews.source,
        $since is null or reviews.published_at between $since and $until as in_time,
        coalesce(reviews.author, reviews.review_id) as voice
    from theme_sentences
    join sentences
        on sentences.industry = theme_sentences.industry and sentences.sentence_id = theme_sentences.sentence_id
    join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
    where theme_sentences.industry = $industry and reviews.kind != 'employee'
),

by_source as (
    select theme_id, company, source, count(distinct voice) as mentions
    from said
    group by all
),

over_compared as (
    select theme_id, company, '*' as source, count(distinct voice) as mentions
    from said
    where list_contains($sources, source) and in_time
    group by all
)

select * from by_source
union all
select * from over_compared;
