-- How each industry was read: the newest estimate, the languages that are not mined, and the names that are masked.
with

estimated as (

    select
        runs.industry,
        max_by(runs.reading_reviews, runs.started_at) as reviews,
        max_by(runs.reading_accuracy, runs.started_at) as accuracy,
        max_by(runs.reading_auc, runs.started_at) as auc,
        max_by(runs.reading_calibration_error, runs.started_at) as calibration_error

    from runs
    where runs.reading_reviews is not null
    group by runs.industry

),

spoken as (

    select
        reviews.industry,
        reviews.language,
        count(*) as reviews

    from reviews
    where
        reviews.language is not null
        and reviews.duplicate_of is null
    group by
        reviews.industry,
        reviews.language
    having sum(reviews.sentences) = 0

),

left_out as (

    select
        spoken.industry,
        list({'language': spoken.language, 'reviews': spoken.reviews} order by spoken.reviews desc, spoken.language)
            as languages

    from spoken
    group by spoken.industry

),

masked as (

    select
        names.industry,
        list(names.name order by names.reviews desc, names.name) as names

    from names
    group by names.industry

),

told as (

    select
        industries.industry,
        estimated.reviews,
        estimated.accuracy,
        estimated.auc,
        estimated.calibration_error,
        left_out.languages,
        masked.names

    from industries
    left join estimated on industries.industry = estimated.industry
    left join left_out on industries.industry = left_out.industry
    left join masked on industries.industry = masked.industry
    order by industries.industry

)

select * from told
