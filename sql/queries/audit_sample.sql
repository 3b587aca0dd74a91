-- A random sample of what is counted under a theme and of what is near its border, with the sentences around each.
-- One sentence of each review; reviews in an order that depends on ids and the seed alone, so that a larger sample
-- begins with the smaller one, and reviews that are added later do not change who comes before whom.
with

drawn_from as (

    select
        'match' as stratum,
        theme_sentences.sentence_id

    from theme_sentences
    where
        theme_sentences.industry = $industry
        and theme_sentences.theme_id = $theme_id
    union all
    select
        'border' as stratum,
        border.sentence_id

    from border
    where
        border.industry = $industry
        and border.theme_id = $theme_id

),

one_per_review as (

    select
        drawn_from.stratum,
        drawn_from.sentence_id,
        sentences.review_id,
        sentences.position,
        sentences.text

    from drawn_from
    inner join sentences
        on drawn_from.sentence_id = sentences.sentence_id
        and sentences.industry = $industry
    qualify row_number() over (
        partition by drawn_from.stratum, sentences.review_id
        order by md5(concat_ws(' ', $seed, $theme_id, drawn_from.sentence_id))
    ) = 1

),

sampled as (

    select *

    from one_per_review
    qualify row_number() over (
        partition by one_per_review.stratum
        order by md5(concat_ws(' ', $seed, $theme_id, one_per_review.review_id))
    ) <= $size

),

around as (

    select
        sampled.sentence_id,
        list(sentences.text order by sentences.position)
            filter (where sentences.position < sampled.position) as before,
        list(sentences.text order by sentences.position)
            filter (where sentences.position > sampled.position) as after

    from sampled
    inner join sentences
        on sampled.review_id = sentences.review_id
        and sentences.industry = $industry
    group by sampled.sentence_id

),

shown as (

    -- mixed, so that nobody knows which are counted
    select
        sampled.stratum,
        sampled.sentence_id,
        sampled.text,
        coalesce(around.before, []) as before,
        coalesce(around.after, []) as after,
        companies.name as company,
        reviews.stars,
        reviews.published_at

    from sampled
    inner join around on sampled.sentence_id = around.sentence_id
    inner join reviews
        on sampled.review_id = reviews.review_id
        and reviews.industry = $industry
    inner join companies
        on reviews.company = companies.company
        and companies.industry = $industry
    order by md5(concat_ws(' ', $theme_id, sampled.sentence_id, $seed))

)

select * from shown
