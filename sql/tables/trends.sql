create table published.trends (
    industry varchar,
    theme_id varchar,
    company varchar,
    source varchar,
    month date,
    reviews integer,
    mentions integer,
    prevalence double,
    low double,
    high double,
    partial boolean
);

insert into published.trends
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
        trends.industry,
        trends.theme_id,
        trends.company,
        trends.source,
        trends.month,

        -- counts
        trends.reviews,
        trends.mentions,

        -- shares
        trends.prevalence,
        trends.low,
        trends.high,
        trends.partial

    from work.trends
    semi join active_themes
        on trends.industry = active_themes.industry
        and trends.theme_id = active_themes.theme_id
    order by trends.industry, trends.theme_id, trends.company, trends.source, trends.month

)

select * from counted;

comment on table published.trends is 'How often a theme is said month by month, where there were any reviews. Grain: one row per theme, company, source and month. Key: industry, theme_id, company, source, month.';
comment on column published.trends.industry is 'Key of the industry.';
comment on column published.trends.theme_id is 'The theme that is counted.';
comment on column published.trends.company is 'Key of the company; * is the field as a whole, every review weighing the same.';
comment on column published.trends.source is 'Name of the source; * is the figure over those sources that all companies of the field share, or over all where they share none.';
comment on column published.trends.month is 'First day of the month in which the reviews were published, UTC.';
comment on column published.trends.reviews is 'Reviews with text of that month, an author counting once per company and source.';
comment on column published.trends.mentions is 'Those of them in which the theme occurs.';
comment on column published.trends.prevalence is 'mentions by reviews, from 0 to 1.';
comment on column published.trends.low is 'Lower end of the prevalence''s 95% interval.';
comment on column published.trends.high is 'Upper end of the prevalence''s 95% interval.';
comment on column published.trends.partial is 'Whether the month is not over in the data; it takes no part in tests.';
