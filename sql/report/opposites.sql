-- Counter-evidence: what customers praise on the matter of some beliefs, surest first, one sentence per review.
with

narrow as (

    select
        opposites.belief_id,
        opposites.sentence_id,
        opposites.rank,
        sentences.review_id,
        sentences.company,
        sentences.text

    from opposites
    inner join sentences
        on opposites.industry = sentences.industry
        and opposites.sentence_id = sentences.sentence_id
    where
        opposites.industry = $industry
        and list_contains($themes, opposites.belief_id)

),

one_per_review as (

    select *

    from narrow
    qualify row_number() over (
        partition by belief_id, review_id
        order by rank, sentence_id
    ) = 1

),

placed as (

    select
        *,
        row_number() over (
            partition by belief_id
            order by length(text) between 30 and 220 desc, rank, sentence_id
        ) as place_over_all

    from one_per_review

),

quoted as (

    select
        placed.belief_id as theme_id,
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
        and placed.place_over_all <= $per_company
    order by placed.belief_id, placed.place_over_all

)

select * from quoted
