-- The sentences that say each theme best, a review once; those with a number first, since a level is worth most.
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
        and length(sentences.text) between 15 and 220
    qualify row_number() over (
        partition by theme_sentences.theme_id, sentences.review_id
        order by theme_sentences.rank
    ) = 1

)

select
    theme_id,
    text

from ranked
qualify row_number() over (
    partition by theme_id
    order by regexp_matches(text, '[0-9]') desc, rank, text
) <= $limit
order by theme_id, regexp_matches(text, '[0-9]') desc, rank, text
