-- Themes of a kind, common ones first. With a company: by that company's prevalence, and with its figures.
with

field as (

    select count(*) as field

    from companies
    where
        industry = $industry
        and in_field

),

placed as (

    select
        -- what it says
        themes.theme_id,
        themes.kind,
        themes.area,
        themes.statement,
        themes.statement_sentence_id,
        themes.keywords,

        -- how often
        coalesce(prevalence.mentions, themes.reviews) as reviews,
        themes.sentences,
        themes.companies,
        if($company is null, themes.prevalence, prevalence.prevalence) as prevalence,
        if($company is null, themes.low, prevalence.low) as low,
        if($company is null, themes.high, prevalence.high) as high,
        coalesce(themes.spread, 0) as spread,
        field.field,
        coalesce(themes.common, false) as common,
        coalesce(themes.because, '') as because,

        -- when
        themes.first_seen,
        themes.last_seen,

        -- what people call it, and how it moves
        themes.name,
        themes.trend,
        themes.stability,

        -- what people judged
        themes.precision,
        themes.precision_low,
        themes.precision_high,
        themes.recall,
        themes.judged,
        themes.corrected_for

    from themes
    cross join field
    left join prevalence
        on themes.industry = prevalence.industry
        and themes.theme_id = prevalence.theme_id
        and prevalence.company = $company
        and prevalence.source = '*'
    where
        themes.industry = $industry
        and themes.kind = $kind

),

chosen as (

    select *

    from placed
    where
        (common or not $common_only)
        and spread >= $min_spread
        and ($company is null or prevalence > 0)
    order by common desc, prevalence desc nulls last, theme_id
    limit $limit

),

best_sentences as (

    -- narrow on purpose: texts are joined to the few rows that may be quoted, not to all evidence
    select
        theme_sentences.theme_id,
        theme_sentences.sentence_id,
        theme_sentences.rank

    from theme_sentences
    semi join chosen on theme_sentences.theme_id = chosen.theme_id
    where
        theme_sentences.industry = $industry
        and (
            $company is null
            or theme_sentences.sentence_id in (
                select sentence_id
                from sentences
                where
                    industry = $industry
                    and company = $company
            )
        )
    qualify row_number() over (
        partition by theme_sentences.theme_id
        order by theme_sentences.rank, theme_sentences.sentence_id
    ) <= 200

),

texts as (

    select
        best_sentences.theme_id,
        sentences.text,
        sentences.company,
        sentences.review_id

    from best_sentences
    inner join chosen on best_sentences.theme_id = chosen.theme_id
    inner join sentences on best_sentences.sentence_id = sentences.sentence_id
    where
        sentences.industry = $industry
    -- a quote in other words than the statement, neither a scrap nor a paragraph, says most; the best one of these
    qualify row_number() over (
        partition by best_sentences.theme_id
        order by
            regexp_replace(lower(sentences.text), '[^\p{L}\p{N}]+', '', 'g')
            is distinct from regexp_replace(lower(chosen.statement), '[^\p{L}\p{N}]+', '', 'g') desc,
            length(sentences.text) between 30 and 220 desc,
            best_sentences.rank,
            best_sentences.sentence_id
    ) = 1

),

quotes as (

    select
        texts.theme_id,
        texts.text,
        companies.name as company,
        reviews.published_at

    from texts
    inner join reviews on texts.review_id = reviews.review_id
    inner join companies on texts.company = companies.company
    where
        reviews.industry = $industry
        and companies.industry = $industry

),

quoted as (

    select
        chosen.*,
        quotes.text as quote,
        quotes.company as quote_company,
        quotes.published_at as quote_published_at

    from chosen
    left join quotes on chosen.theme_id = quotes.theme_id
    order by chosen.common desc, chosen.prevalence desc nulls last, chosen.theme_id

)

select * from quoted
