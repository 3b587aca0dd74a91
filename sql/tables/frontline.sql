create table published.frontline (
    industry varchar,
    theme_id varchar,
    reviews integer,
    mentions integer,
    prevalence double,
    low double,
    high double,
    dissenting integer,
    dissent double,
    dissent_low double,
    dissent_high double,
    customers double,
    verdict varchar,
    because varchar
);

insert into published.frontline
with

judged as (

    select
        frontline.industry,
        frontline.theme_id,
        frontline.reviews,
        frontline.mentions,
        frontline.prevalence,
        frontline.low,
        frontline.high,
        frontline.dissenting,
        frontline.dissent,
        frontline.dissent_low,
        frontline.dissent_high,
        frontline.customers,
        frontline.verdict,
        frontline.because

    from work.frontline
    order by frontline.industry, frontline.theme_id

)

select * from judged;

comment on table published.frontline is 'What employees say about the beliefs of customers; their reviews are never mixed into customers'' numbers. Grain: one row per belief on which there are employees'' reviews. Key: industry, theme_id.';
comment on column published.frontline.industry is 'Key of the industry.';
comment on column published.frontline.theme_id is 'The belief.';
comment on column published.frontline.reviews is 'Employees'' reviews with text, of all companies.';
comment on column published.frontline.mentions is 'Those of them that say the same as the customers.';
comment on column published.frontline.prevalence is 'mentions by reviews, from 0 to 1.';
comment on column published.frontline.low is 'Lower end of the prevalence''s 95% interval.';
comment on column published.frontline.high is 'Upper end of the prevalence''s 95% interval.';
comment on column published.frontline.dissenting is 'Employees'' reviews that say the opposite.';
comment on column published.frontline.dissent is 'dissenting by reviews, from 0 to 1.';
comment on column published.frontline.dissent_low is 'Lower end of the 95% interval of dissent.';
comment on column published.frontline.dissent_high is 'Upper end of the 95% interval of dissent.';
comment on column published.frontline.customers is 'The belief''s prevalence among customers, for comparison; null without a field.';
comment on column published.frontline.verdict is 'more, less or alike (how often employees see it beside customers), dissent (they say the opposite) or silent.';
comment on column published.frontline.because is 'What decided the verdict, in words.';
