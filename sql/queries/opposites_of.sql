-- Sentences that praise the opposite of a belief, one per review, surest first; of one company where one is given.
with

praise as (

    select
        sentences.text,
        companies.name as company,
        reviews.source,
        reviews.stars,
        reviews.published_at,
        reviews.url,
        sentences.sentence_id,
        reviews.review_id,
        opposites.rank

    from opposites
    inner join sentences
        on opposites.industry = sentences.industry
        and opposites.sentence_id = sentences.sentence_id
    inner join reviews
        on sentences.industry = reviews.industry
        and sentences.review_id = reviews.review_id
    inner join companies
        on reviews.industry = companies.industry
        and reviews.company = companies.company
    where
        opposites.industry = $industry
        and opposites.belief_id = $belief_id
        and ($company is null or reviews.company = $company)
    qualify row_number() over (partition by reviews.review_id order by opposites.rank) = 1

),

-- no text twice, and what tells how: neither a scrap nor a paragraph
distinct_praise as (

    select
        praise.*,
        length(praise.text) between 40 and 220 as telling

    from praise
    qualify row_number() over (
        partition by regexp_replace(lower(praise.text), '[^\p{L}\p{N}]+', '', 'g')
        order by praise.rank, praise.sentence_id
    ) = 1

),

-- a company's second-best sentence comes after every company's best
in_turn as (

    select
        distinct_praise.*,
        row_number() over (
            partition by distinct_praise.company
            order by distinct_praise.telling desc, distinct_praise.rank, distinct_praise.sentence_id
        ) as turn

    from distinct_praise

),

chosen as (

    select in_turn.* exclude (rank, telling, turn)

    from in_turn
    order by in_turn.turn, in_turn.telling desc, in_turn.rank, in_turn.sentence_id
    limit $limit

)

select * from chosen
