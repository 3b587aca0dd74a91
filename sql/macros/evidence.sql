create macro evidence(
    industry, theme_id, n := 20, company := null, since := null, until := null, source := null, language := null
) as table
with

found as (

    -- narrow on purpose: texts and dates are joined to the few sentences that may be shown, not to all evidence
    select
        theme_sentences.rank,
        theme_sentences.similarity,
        theme_sentences.sentence_id,
        theme_sentences.review_id,
        theme_sentences.company

    from theme_sentences
    where
        theme_sentences.industry = industry
        and theme_sentences.theme_id = theme_id
        and (company is null or theme_sentences.company = company)
        and (since is null or theme_sentences.published_at >= since::date)
        and (until is null or theme_sentences.published_at < until::date + 1)
        and (source is null or theme_sentences.source = source)
        and (language is null or theme_sentences.language = language)

),

first_of_review as (

    select *

    from found
    qualify row_number() over (partition by found.review_id order by found.rank, found.sentence_id) = 1

),

nearest as (

    -- among so many there are enough wordings
    select *

    from first_of_review
    order by first_of_review.rank, first_of_review.sentence_id
    limit 50 * n + 200

),

one_per_review as (

    select
        nearest.rank,
        nearest.similarity,
        sentences.text,
        companies.name as company,
        reviews.source,
        reviews.stars,
        reviews.published_at,
        reviews.url,
        nearest.sentence_id,
        nearest.review_id

    from nearest
    inner join sentences on nearest.sentence_id = sentences.sentence_id
    inner join reviews on nearest.review_id = reviews.review_id
    inner join companies on nearest.company = companies.company
    where
        sentences.industry = industry
        and reviews.industry = industry
        and companies.industry = industry

),

told as (

    -- what was said before, punctuation aside, tells less than something new
    select
        one_per_review.*,
        row_number() over (
            partition by regexp_replace(lower(one_per_review.text), '[^\p{L}\p{N}]+', '', 'g')
            order by one_per_review.rank, one_per_review.sentence_id
        ) as times_said

    from one_per_review

),

best as (

    select *

    from told
    order by told.times_said, told.rank, told.sentence_id
    limit n

)

select best.* exclude (times_said) from best order by best.times_said, best.rank;

comment on macro table evidence is 'The sentences that say a theme best, one per review and every wording before its repetitions, with company and date; of one company, from some day to another, of one source or in one language where these are given. from evidence(''pet-insurance'', ''b3'', n := 5, company := ''figo'')';
