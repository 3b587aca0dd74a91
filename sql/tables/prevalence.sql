create table published.prevalence (
    industry varchar,
    theme_id varchar,
    company varchar,
    source varchar,
    reviews integer,
    mentions integer,
    prevalence double,
    low double,
    high double,
    shrunk double,
    shrunk_low double,
    shrunk_high double,
    small boolean,
    corrected boolean
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
        prevalence.high,

        -- small numbers
        prevalence.shrunk,
        prevalence.shrunk_low,
        prevalence.shrunk_high,
        prevalence.reviews < industries.field_min as small,
        audits.corrected_for is not null as corrected

    from work.prevalence
    inner join work.industries
        on prevalence.industry = industries.industry
    left join work.audits
        on prevalence.industry = audits.industry
        and prevalence.theme_id = audits.theme_id
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
comment on column published.prevalence.source is 'Name of the source; * is the figure over those sources that all companies of the field share, or over all where they share none, and over the time that table industries names.';
comment on column published.prevalence.reviews is 'The company''s reviews with text, an author counting once.';
comment on column published.prevalence.mentions is 'Those of them in which the theme was counted.';
comment on column published.prevalence.prevalence is 'mentions by reviews, from 0 to 1; where people judged enough of the theme, corrected for what was counted wrongly and what was missed.';
comment on column published.prevalence.low is 'Lower end of the prevalence''s 95% interval.';
comment on column published.prevalence.high is 'Upper end of the prevalence''s 95% interval.';
comment on column published.prevalence.shrunk is 'The prevalence drawn towards that of all companies (beta-binomial), the more so the fewer reviews there are.';
comment on column published.prevalence.shrunk_low is 'Lower end of its 95% credible interval.';
comment on column published.prevalence.shrunk_high is 'Upper end of its 95% credible interval; how sure a correction is does not go into it.';
comment on column published.prevalence.small is 'Whether the reviews are fewer than the field asks for, so that shrunk is the figure to go by.';
comment on column published.prevalence.corrected is 'Whether prevalence, low, high and what is drawn from them are corrected by judgements, as corrected_for in themes says; mentions never are.';
