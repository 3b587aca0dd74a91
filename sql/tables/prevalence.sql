create table published.prevalence (
    industry varchar,
    theme_id varchar,
    company varchar,
    source varchar,
    reviews integer,
    mentions integer,
    prevalence double,
    low double,
    high double
);

insert into published.prevalence
with

active_themes as (

    select
        industry,
        theme_id

    from work.themes
    where status = 'active'

),

counted as (

    select
        -- ids
        prevalence.industry,
        prevalence.theme_id,
        prevalence.company,
        prevalence.source,

        -- counts
        prevalence.reviews,
        prevalence.mentions,

        -- shares
        prevalence.prevalence,
        prevalence.low,
        prevalence.high

    from work.prevalence
    semi join active_themes
        on prevalence.industry = active_themes.industry
        and prevalence.theme_id = active_themes.theme_id
    semi join work.companies
        on prevalence.industry = companies.industry
        and prevalence.company = companies.company
    order by prevalence.industry, prevalence.theme_id, prevalence.company, prevalence.source

)

select * from counted;

comment on table published.prevalence is 'How often a company''s customers say a theme. Grain: one row per theme, company and source. Key: industry, theme_id, company, source.';
comment on column published.prevalence.industry is 'Key of the industry.';
comment on column published.prevalence.theme_id is 'The theme that is counted.';
comment on column published.prevalence.company is 'Key of the company.';
comment on column published.prevalence.source is 'Name of the source; * is the figure over those sources that all companies of the field share, or over all where they share none.';
comment on column published.prevalence.reviews is 'The company''s reviews with text, an author counting once.';
comment on column published.prevalence.mentions is 'Those of them in which the theme occurs.';
comment on column published.prevalence.prevalence is 'mentions by reviews, from 0 to 1.';
comment on column published.prevalence.low is 'Lower end of the prevalence''s 95% interval.';
comment on column published.prevalence.high is 'Upper end of the prevalence''s 95% interval.';
