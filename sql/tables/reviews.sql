create table published.reviews (
    industry varchar,
    review_id varchar,
    native_id varchar,
    company varchar,
    source varchar,
    kind varchar,
    rating double,
    scale double,
    stars double,
    title varchar,
    body varchar,
    reply varchar,
    language varchar,
    published_at timestamp,
    url varchar,
    duplicate_of varchar,
    sentences integer
);

insert into published.reviews
with

sizes as (

    select
        sentences.industry,
        sentences.review_id,
        count(*) as sentences

    from work.sentences
    group by sentences.industry, sentences.review_id

),

reviews as (

    select
        -- ids
        reviews.industry,
        reviews.review_id,
        reviews.native_id,

        -- where it comes from
        reviews.company,
        reviews.source,
        reviews.kind,

        -- ratings
        reviews.rating,
        reviews.scale,
        reviews.stars,

        -- texts
        reviews.title,
        reviews.body,
        reviews.reply,
        reviews.language,

        -- when and where
        reviews.published_at,
        reviews.url,
        reviews.duplicate_of,

        -- size
        coalesce(sizes.sentences, 0)::integer as sentences

    from work.reviews
    semi join work.companies
        on reviews.industry = companies.industry
        and reviews.company = companies.company
    left join sizes
        on reviews.industry = sizes.industry
        and reviews.review_id = sizes.review_id
    order by reviews.industry, reviews.review_id

)

select * from reviews;

comment on table published.reviews is 'What people wrote, verbatim and without authors. Grain: one row per review. Key: industry, review_id.';
comment on column published.reviews.industry is 'Key of the industry.';
comment on column published.reviews.review_id is 'Hash of the source and the review''s own id, or of its address and text where it has none.';
comment on column published.reviews.native_id is 'The id that the source gives the review; null where it gives none.';
comment on column published.reviews.company is 'Key of the company that the review is about.';
comment on column published.reviews.source is 'Name of the source that the review comes from.';
comment on column published.reviews.kind is 'review, complaint, mention or employee.';
comment on column published.reviews.rating is 'The rating as given; null where the source has none.';
comment on column published.reviews.scale is 'The best rating that can be given at the source.';
comment on column published.reviews.stars is 'The rating on 0 (worst) to 1 (best); null where the source has none.';
comment on column published.reviews.title is 'Headline of the review, verbatim; null without one.';
comment on column published.reviews.body is 'Text of the review, verbatim; null for a rating without text.';
comment on column published.reviews.reply is 'What the company answered, verbatim; null without an answer.';
comment on column published.reviews.language is 'Language code of the text; null where it is not known.';
comment on column published.reviews.published_at is 'When the review was published, UTC; null where it is not known.';
comment on column published.reviews.url is 'Address of the review; null without one.';
comment on column published.reviews.duplicate_of is 'review_id of the review that this one repeats; null for an original. Duplicates count nowhere.';
comment on column published.reviews.sentences is 'How many sentences the text has; 0 for a rating without text, which counts nowhere.';
