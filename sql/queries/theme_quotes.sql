-- The short sentences that say each theme best, a review once: two thirds as they rank, then some with a number, since
-- a level is worth most. Long ones speak of other matters too.
with

ranked as (

    select
        theme_sentences.theme_id,
        sentences.text,
        sentences.review_id,
        theme_sentences.rank

    from theme_sentences
    inner join sentences
        on theme_sentences.industry = sentences.industry
        and theme_sentences.sentence_id = sentences.sentence_id
    where
        theme_sentences.industry = $industry
        and length(sentences.text) between 12 and 110
    qualify row_number() over (
        partition by theme_sentences.theme_id, sentences.review_id
        order by theme_sentences.rank
    ) = 1

),

placed as (

    select
        theme_id,
        text,
        rank,
        row_number() over (
            partition by theme_id
            order by rank, text
        ) as place,
        row_number() over (
            partition by theme_id
            order by regexp_matches(text, '[0-9]') desc, rank, text
        ) as place_with_number,
        regexp_matches(text, '[0-9]') as with_number

    from ranked

)

select
    theme_id,
    text

from placed
where
    3 * place <= 2 * $limit
    or (with_number and 3 * place_with_number <= $limit)
order by theme_id, rank, text
