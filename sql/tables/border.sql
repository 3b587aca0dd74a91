create table published.border (
    industry varchar,
    theme_id varchar,
    sentence_id varchar,
    similarity double,
    rank integer
);

insert into published.border
with

companies_sentences as (

    select
        sentences.industry,
        sentences.sentence_id

    from work.sentences
    inner join work.reviews
        on sentences.industry = reviews.industry
        and sentences.review_id = reviews.review_id
    semi join work.companies
        on reviews.industry = companies.industry
        and reviews.company = companies.company

),

near as (

    select
        border.industry,
        border.theme_id,
        border.sentence_id,
        border.similarity,
        border.rank

    from work.border
    semi join work.themes
        on border.industry = themes.industry
        and border.theme_id = themes.theme_id
        and themes.status = 'active'
    semi join companies_sentences
        on border.industry = companies_sentences.industry
        and border.sentence_id = companies_sentences.sentence_id
    order by border.industry, border.theme_id, border.rank

)

select * from near;

comment on table published.border is 'What is nearest to a theme and not counted under it: reasons of its kind in reviews in which nothing says it, as many as say it, at least fifty. Samples of these tell what is missed. Grain: one row per theme and sentence. Key: industry, theme_id, sentence_id.';
comment on column published.border.industry is 'Key of the industry.';
comment on column published.border.theme_id is 'The theme.';
comment on column published.border.sentence_id is 'The sentence that is near it.';
comment on column published.border.similarity is 'Cosine of the vectors of the sentence and of the theme''s statement.';
comment on column published.border.rank is 'Place of the sentence among those near the theme''s border, nearest first.';
