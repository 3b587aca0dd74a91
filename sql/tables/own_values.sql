create table published.own_values (
    industry varchar,
    own_value varchar,
    theme_id varchar,
    verdict varchar,
    prevalence double,
    low double,
    high double,
    mentions integer,
    missed double,
    missed_low double,
    missed_high double,
    missed_mentions integer,
    because varchar,
    position integer
);

insert into published.own_values
with

judged as (

    select
        own_values.industry,
        own_values.own_value,
        own_values.theme_id,
        own_values.verdict,
        own_values.prevalence,
        own_values.low,
        own_values.high,
        own_values.mentions,
        own_values.missed,
        own_values.missed_low,
        own_values.missed_high,
        own_values.missed_mentions,
        own_values.because,
        own_values.position

    from work.own_values
    order by own_values.industry, own_values.position

)

select * from judged;

comment on table published.own_values is 'What the user''s company says it values, held against what customers praise. Grain: one row per value. Key: industry, own_value.';
comment on column published.own_values.industry is 'Key of the industry.';
comment on column published.own_values.own_value is 'The value, as the industry file words it under values.';
comment on column published.own_values.theme_id is 'The theme of praise that is about the same; null where none is.';
comment on column published.own_values.verdict is 'heard (customers praise it), missed (they complain that it is lacking, more than they praise it), rare (hardly anybody mentions it) or unheard (nobody talks about it).';
comment on column published.own_values.prevalence is 'Share of the reviews with text that praise it, each company of the field weighing the same, from 0 to 1; null without a field.';
comment on column published.own_values.low is 'Lower end of the prevalence''s 95% interval.';
comment on column published.own_values.high is 'Upper end of the prevalence''s 95% interval.';
comment on column published.own_values.mentions is 'Reviews over the compared sources that praise it, an author once per company.';
comment on column published.own_values.missed is 'Share of the reviews that complain about the same matter, counted like prevalence; null without a field.';
comment on column published.own_values.missed_low is 'Lower end of the 95% interval of missed.';
comment on column published.own_values.missed_high is 'Upper end of the 95% interval of missed.';
comment on column published.own_values.missed_mentions is 'Reviews that complain about the same matter.';
comment on column published.own_values.because is 'What decided the verdict, in words.';
comment on column published.own_values.position is 'Place of the value in the industry file, from 1.';
