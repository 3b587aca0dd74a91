-- How the sentences were read, and how often that agrees with the stars of reviews that are clearly good or bad.
with

matched as (

    select distinct sentence_id

    from theme_sentences
    where industry = $industry

),

counted as (

    select
        count(*) as sentences,
        count(*) filter (where sentences.role = 'reason') as reasons,
        count(*) filter (where sentences.role = 'reason' and sentences.polarity = 'negative') as complaints,
        count(matched.sentence_id)
            filter (where sentences.role = 'reason' and sentences.polarity = 'negative') as matched_complaints

    from sentences
    left join matched on sentences.sentence_id = matched.sentence_id
    where sentences.industry = $industry

),

starred as (

    select
        reviews.review_id,
        any_value(reviews.stars) >= 0.75 as good,
        count(*) filter (where sentences.polarity = 'positive')
        - count(*) filter (where sentences.polarity = 'negative') as leaning

    from sentences
    inner join reviews
        on sentences.industry = reviews.industry
        and sentences.review_id = reviews.review_id
    where
        sentences.industry = $industry
        and (reviews.stars <= 0.25 or reviews.stars >= 0.75)
    group by reviews.review_id

),

agreed as (

    select
        count(*) filter (where leaning <> 0) as compared,
        count(*) filter (where leaning <> 0 and (leaning > 0) = good) as agreeing

    from starred

)

select * from counted cross join agreed
