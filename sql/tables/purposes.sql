create table published.purposes (
    industry varchar,
    purpose varchar,
    origin varchar,
    rank integer,
    theme_id varchar,
    verdict varchar,
    prevalence double,
    low double,
    high double,
    mentions integer,
    heard_at varchar[],
    broken_by varchar[],
    because varchar
);

insert into published.purposes
with

judged as (

    select
        purposes.industry,
        purposes.purpose,
        purposes.origin,
        purposes.rank,
        purposes.theme_id,
        purposes.verdict,
        purposes.prevalence,
        purposes.low,
        purposes.high,
        purposes.mentions,
        purposes.heard_at,
        purposes.broken_by,
        purposes.because

    from work.purposes
    order by purposes.industry, purposes.rank

)

select * from judged;

comment on table published.purposes is 'The purpose of the industry file, and candidates for one: praise that names what it does to a life and not a feature. Grain: one row per purpose. Key: industry, purpose.';
comment on column published.purposes.industry is 'Key of the industry.';
comment on column published.purposes.purpose is 'The purpose in words: those of the industry file, or the statement of a theme of praise.';
comment on column published.purposes.origin is '''industry file'', or ''customers'' for a candidate.';
comment on column published.purposes.rank is '0 for the purpose of the industry file; candidates from 1, the one most said first.';
comment on column published.purposes.theme_id is 'The theme of praise that says it; null where none does.';
comment on column published.purposes.verdict is 'heard, rare or unheard; a candidate is heard by its nature.';
comment on column published.purposes.prevalence is 'Share of the reviews with text that say it, each company of the field weighing the same, from 0 to 1; null without a field.';
comment on column published.purposes.low is 'Lower end of the prevalence''s 95% interval.';
comment on column published.purposes.high is 'Upper end of the prevalence''s 95% interval.';
comment on column published.purposes.mentions is 'Reviews over the compared sources that say it, an author once per company.';
comment on column published.purposes.heard_at is 'Companies whose customers say it at all, the one with the highest share first.';
comment on column published.purposes.broken_by is 'Ids of the beliefs that break it, the most prevalent first; empty for candidates that none is near to.';
comment on column published.purposes.because is 'What decided the verdict, in words.';
