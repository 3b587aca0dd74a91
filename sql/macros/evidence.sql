create macro evidence(
    industry, theme_id, n := 20, company := null, since := null, until := null, source := null, language := null
) as table
with

said as (

    select
        theme_sentences.rank,
        theme_sentences.similarity,
        sentences.text,
        companies.name as company,
        reviews.source,
        reviews.stars,
        reviews.published_at,
        reviews.url,
        sentences.sentence_id,
        sentences.review_id

    from theme_sentences
    inner join sentences
        on theme_sentences.industry = sentences.industry
        and theme_sentences.sentence_id = sentences.sentence_id
    inner join reviews
        on sentences.industry = reviews.industry
        and sentences.review_id = reviews.review_id
    inner join companies
        on sentences.industry = companies.industry
        and sentences.company = companies.company
    where
        theme_sentences.industry = industry
        and theme_sentences.theme_id = theme_id
        and (company is null or sentences.company = company)
        and (since is null or reviews.published_at >= since::date)
        and (until is null or reviews.published_at < until::date + 1)
        and (source is null or reviews.source = source)
        and (language is null or reviews.language = language)

),

one_per_review as (

    select *

    from said
    qualify row_number() over (partition by said.review_id order by said.rank, said.sentence_id) = 1

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
