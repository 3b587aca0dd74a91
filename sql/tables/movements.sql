create table published.movements (
    industry varchar,
    theme_id varchar,
    company varchar,
    before double,
    after double,
    difference double,
    low double,
    high double,
    p double,
    q double,
    trend varchar
);

insert into published.movements
with

active_themes as (

    select
        industry,
        theme_id

    from work.themes
    where status = 'active'

),

compared as (

    select
        -- ids
        movements.industry,
        movements.theme_id,
        movements.company,

        -- shares
        movements.before,
        movements.after,
        movements.difference,
        movements.low,
        movements.high,

        -- how sure
        movements.p,
        movements.q,
        movements.trend

    from work.movements
    semi join active_themes
        on movements.industry = active_themes.industry
        and movements.theme_id = active_themes.theme_id
    order by movements.industry, movements.theme_id, movements.company

)

select * from compared;

comment on table published.movements is 'The newest three whole months of a theme against up to twelve before them, over the same companies and sources in the same mix. Grain: one row per theme and company. Key: industry, theme_id, company.';
comment on column published.movements.industry is 'Key of the industry.';
comment on column published.movements.theme_id is 'The theme.';
comment on column published.movements.company is 'Key of the company; * is the field as a whole.';
comment on column published.movements.before is 'Prevalence before, from 0 to 1.';
comment on column published.movements.after is 'Prevalence of the newest three whole months, from 0 to 1.';
comment on column published.movements.difference is 'after less before, from -1 to 1.';
comment on column published.movements.low is 'Lower end of the difference''s 95% interval.';
comment on column published.movements.high is 'Upper end of the difference''s 95% interval.';
comment on column published.movements.p is 'How likely so large a difference is where nothing has changed, from 0 to 1: exact, company by company and source by source.';
comment on column published.movements.q is 'p adjusted for all themes looked at, or for all themes at all companies (Benjamini and Hochberg): the false discovery rate at which it would be called.';
comment on column published.movements.trend is 'rising or fading where q is at most 0.05, else steady.';
