create macro prevalence_within(
    industry, since := null, until := null, source := null, language := null, company := null
) as table
with

field as (

    select companies.company
    from companies
    where
        companies.industry = industry
        and companies.in_field

),

shared as (

    -- the sources that every company of the field has
    select prevalence.source

    from prevalence
    semi join field on prevalence.company = field.company
    where
        prevalence.industry = industry
        and prevalence.source != '*'
        and prevalence.reviews > 0
    group by prevalence.source
    having count(distinct prevalence.company) = (select count(*) from field)

),

sizes as (

    select
        reviews.company,
        count(*) as reviews

    from reviews
    where
        reviews.industry = industry
        and reviews.kind != 'employee'
        and reviews.duplicate_of is null
        and (company is null or reviews.company = company)
        and (language is null or reviews.language = language)
        and (since is null or reviews.published_at >= since::date)
        and (until is null or reviews.published_at < until::date + 1)
        and case
            when source is not null then reviews.source = source
            else reviews.source in (select shared.source from shared) or not exists (from shared)
        end
        and reviews.sentences > 0
    group by reviews.company

),

mentioned as (

    -- a theme's reviews are its counted sentences, which carry what is asked for
    select
        theme_sentences.theme_id,
        theme_sentences.company,
        count(*) as mentions

    from theme_sentences
    where
        theme_sentences.industry = industry
        and theme_sentences.counted
        and (company is null or theme_sentences.company = company)
        and (language is null or theme_sentences.language = language)
        and (since is null or theme_sentences.published_at >= since::date)
        and (until is null or theme_sentences.published_at < until::date + 1)
        and case
            when source is not null then theme_sentences.source = source
            else theme_sentences.source in (select shared.source from shared) or not exists (from shared)
        end
    group by theme_sentences.theme_id, theme_sentences.company

),

counted as (

    select
        themes.theme_id,
        sizes.company,
        sizes.reviews,
        coalesce(mentioned.mentions, 0) as mentions,
        coalesce(mentioned.mentions, 0) / sizes.reviews as prevalence,
        1.959963984540054 ^ 2 / sizes.reviews as z2n

    from themes
    cross join sizes
    left join mentioned
        on themes.theme_id = mentioned.theme_id
        and sizes.company = mentioned.company
    where themes.industry = industry

),

spanned as (

    -- the 95% score interval of Wilson (JASA 1927)
    select
        counted.*,
        (counted.prevalence + counted.z2n / 2) / (1 + counted.z2n) as centre,
        sqrt(counted.z2n * (counted.prevalence * (1 - counted.prevalence) + counted.z2n / 4)) / (1 + counted.z2n)
            as half

    from counted

),

figures as (

    select
        spanned.theme_id,
        spanned.company,
        spanned.reviews,
        spanned.mentions,
        spanned.prevalence,
        case when spanned.mentions = 0 then 0.0 else greatest(0.0, spanned.centre - spanned.half) end as low,
        case
            when spanned.mentions = spanned.reviews then 1.0 else least(1.0, spanned.centre + spanned.half)
        end as high

    from spanned
    order by spanned.theme_id, spanned.company

)

select * from figures;

comment on macro table prevalence_within is 'How often each company''s customers say each theme among the reviews of some days (both included), of one source or in one language; without a source, over the sources that the companies of the field share. An author with several reviews counts several times. Grain: one row per theme and company. from prevalence_within(''pet-insurance'', since := date ''2025-01-01'')';
