-- A sample of the evidence for some themes: the sentences that say each best, one per review, some of every company.
with

narrow as (

    -- texts are joined only to the sentences that may be shown
    select
        theme_sentences.theme_id,
        theme_sentences.sentence_id,
        theme_sentences.rank,
        sentences.review_id,
        sentences.company,
        sentences.text

    from theme_sentences
    inner join sentences
        on theme_sentences.industry = sentences.industry
        and theme_sentences.sentence_id = sentences.sentence_id
    where
        theme_sentences.industry = $industry
        and list_contains($themes, theme_sentences.theme_id)

),

one_per_review as (

    select *

    from narrow
    qualify row_number() over (
        partition by theme_id, review_id
        order by rank, sentence_id
    ) = 1

),

nearest as (

    -- among so many there are enough wordings
    select *

    from one_per_review
    qualify row_number() over (
        partition by theme_id, company
        order by length(text) between 30 and 220 desc, rank, sentence_id
    ) <= 50 * $per_company

),

told as (

    -- what was said before, punctuation aside, tells less than something new
    select
        *,
        row_number() over (
            partition by theme_id, company, regexp_replace(lower(text), '[^\p{L}\p{N}]+', '', 'g')
            order by rank, sentence_id
        ) as times_said

    from nearest

),

placed as (

    -- neither a scrap nor a paragraph says most
    select
        *,
        row_number() over (
            partition by theme_id, company
            order by length(text) between 30 and 220 desc, times_said, rank, sentence_id
        ) as place,
        row_number() over (
            partition by theme_id
            order by length(text) between 30 and 220 desc, times_said, rank, sentence_id
        ) as place_over_all

    from told

),

quoted as (

    select
        placed.theme_id,
        placed.sentence_id,
        placed.company,
        left(placed.text, $length + 1) as text,
        reviews.source,
        reviews.kind,
        reviews.stars,
        reviews.published_at,
        reviews.url,
        placed.place_over_all

    from placed
    inner join reviews
        on placed.review_id = reviews.review_id
    where
        reviews.industry = $industry
        and placed.place <= $per_company
    order by placed.theme_id, placed.place_over_all

)

select * from quoted
