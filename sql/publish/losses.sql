-- What the file about to be published lacks, compared with the one that is there: one row per industry.
with

sentences_before as (

    select
        industry,
        count(*) as sentences

    from previous.sentences
    group by industry

),

sentences_now as (

    select
        industry,
        count(*) as sentences

    from published.sentences
    group by industry

),

companies_gone as (

    select
        reviews.industry,
        companies.name,
        count(*) as reviews

    from previous.reviews
    inner join previous.companies
        on reviews.industry = companies.industry
        and reviews.company = companies.company
    anti join published.reviews as kept
        on reviews.industry = kept.industry
        and reviews.company = kept.company
    group by reviews.industry, companies.name

),

gone as (

    select
        industry,
        list(name || ' (' || reviews || ' reviews)' order by name) as companies

    from companies_gone
    group by industry

),

industries as (

    select industry
    from sentences_before

    union

    select industry
    from gone

),

losses as (

    select
        industries.industry,
        coalesce(sentences_before.sentences, 0) as sentences_before,
        coalesce(sentences_now.sentences, 0) as sentences_now,
        coalesce(gone.companies, []) as companies_gone

    from industries
    left join sentences_before on industries.industry = sentences_before.industry
    left join sentences_now on industries.industry = sentences_now.industry
    left join gone on industries.industry = gone.industry
    order by industries.industry

)

select * from losses
