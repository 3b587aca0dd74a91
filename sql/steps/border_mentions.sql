-- In how many opinions something near a theme's border occurs and nothing says the theme: by company and source, and
-- (source *) over the compared sources and time.
with heard as (
    select
        near.theme_id,
        reviews.company,
        reviews.source,
        $since is null or reviews.published_at between $since and $until as in_time,
        coalesce(reviews.author, reviews.review_id) as voice,
        near.says
    from (
        select industry, theme_id, sentence_id, false as says from border where list_contains($themes, theme_id)
        union all
        select industry, theme_id, sentence_id, true as says from theme_sentences where list_contains($themes, theme_id)
    ) as near
    join sentences on sentences.industry = near.industry and sentences.sentence_id = near.sentence_id
    join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
    where near.industry = $industry and reviews.kind != 'employee'
),

by_source as (
    select theme_id, company, source, voice
    from heard
    group by all
    having not bool_or(says)
),

over_compared as (
    select theme_id, company, '*' as source, voice
    from heard
    where list_contains($sources, source) and in_time
    group by all
    having not bool_or(says)
)

select theme_id, company, source, count(*) as mentions from by_source group by all
union all
select theme_id, company, source, count(*) as mentions from over_compared group by all;
