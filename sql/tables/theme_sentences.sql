create table published.theme_sentences (
    industry varchar,
    theme_id varchar,
    sentence_id varchar,
    similarity double,
    rank integer,
    run_id varchar,
    review_id varchar,
    company varchar,
    source varchar,
    language varchar,
    published_at timestamp,
    stars double,
    counted boolean
);

insert into published.theme_sentences
with

companies_sentences as (

    select
        sentences.industry,
        sentences.sentence_id,
        sentences.review_id,
        reviews.company,
        reviews.source,
        reviews.language,
        reviews.published_at,
        reviews.stars,
        reviews.kind != 'employee' and reviews.duplicate_of is null as countable

    from work.sentences
    inner join work.reviews
        on sentences.industry = reviews.industry
        and sentences.review_id = reviews.review_id
    semi join work.companies
        on reviews.industry = companies.industry
        and reviews.company = companies.company

),

active_themes as (

    select
        industry,
        theme_id

    from work.themes
    where status = 'active'

),

evidence as (

    select
        theme_sentences.industry,
        theme_sentences.theme_id,
        theme_sentences.sentence_id,
        theme_sentences.similarity,
        theme_sentences.rank,
        arrivals.run_id,
        companies_sentences.review_id,
        companies_sentences.company,
        companies_sentences.source,
        companies_sentences.language,
        companies_sentences.published_at,
        companies_sentences.stars,
        companies_sentences.countable
        and row_number() over (
            partition by theme_sentences.industry, theme_sentences.theme_id, companies_sentences.review_id
            order by theme_sentences.rank, theme_sentences.sentence_id
        ) = 1 as counted

    from work.theme_sentences
    left join work.arrivals
        on theme_sentences.industry = arrivals.industry
        and theme_sentences.theme_id = arrivals.theme_id
        and theme_sentences.sentence_id = arrivals.sentence_id
    semi join active_themes
        on theme_sentences.industry = active_themes.industry
        and theme_sentences.theme_id = active_themes.theme_id
    inner join companies_sentences
        on theme_sentences.industry = companies_sentences.industry
        and theme_sentences.sentence_id = companies_sentences.sentence_id
    order by theme_sentences.industry, theme_sentences.theme_id, theme_sentences.rank

)

select * from evidence;

comment on table published.theme_sentences is 'The evidence: which sentences say which theme. Grain: one row per theme and sentence. Key: industry, theme_id, sentence_id.';
comment on column published.theme_sentences.industry is 'Key of the industry.';
comment on column published.theme_sentences.theme_id is 'The theme that is said.';
comment on column published.theme_sentences.sentence_id is 'The sentence that says it.';
comment on column published.theme_sentences.similarity is 'How fully the sentence says the theme''s statement, word by word, up to 1.';
comment on column published.theme_sentences.rank is 'Place of the sentence among the theme''s sentences, best first.';
comment on column published.theme_sentences.run_id is 'The run in which the sentence first said the theme; null where that was not kept.';
comment on column published.theme_sentences.review_id is 'The review that the sentence is of, as in sentences.';
comment on column published.theme_sentences.company is 'Key of the company that the review is about, as in sentences.';
comment on column published.theme_sentences.source is 'Name of the source that the review comes from, as in reviews.';
comment on column published.theme_sentences.language is 'Language code of the review, as in reviews.';
comment on column published.theme_sentences.published_at is 'When the review was published, UTC, as in reviews.';
comment on column published.theme_sentences.stars is 'The review''s rating on 0 to 1, as in reviews.';
comment on column published.theme_sentences.counted is 'Whether its review counts by this sentence: true for the best one of each review that says the theme, but for duplicates and employees'' reviews. So a theme''s reviews are its counted sentences.';
