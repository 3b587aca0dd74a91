create table published.hunches (
    industry varchar,
    hunch varchar,
    theme_id varchar,
    verdict varchar,
    prevalence double,
    low double,
    high double,
    mentions integer,
    spread integer,
    praised double,
    praised_low double,
    praised_high double,
    praised_mentions integer,
    because varchar,
    position integer
);

insert into published.hunches
with

judged as (

    select
        hunches.industry,
        hunches.hunch,
        hunches.theme_id,
        hunches.verdict,
        hunches.prevalence,
        hunches.low,
        hunches.high,
        hunches.mentions,
        hunches.spread,
        hunches.praised,
        hunches.praised_low,
        hunches.praised_high,
        hunches.praised_mentions,
        hunches.because,
        hunches.position

    from work.hunches
    order by hunches.industry, hunches.position

)

select * from judged;

comment on table published.hunches is 'The guesses of the industry file, right or wrong, held against what customers say. Grain: one row per guess. Key: industry, hunch.';
comment on column published.hunches.industry is 'Key of the industry.';
comment on column published.hunches.hunch is 'The guess, as the industry file words it under beliefs.';
comment on column published.hunches.theme_id is 'The belief (or, where it is contradicted, the value) that is about the same; null where none is.';
comment on column published.hunches.verdict is 'confirmed (said at the floor or above, or within reach of it), contradicted (praised rather than complained of), rare (said, but certainly below the floor) or unheard (next to nobody says it).';
comment on column published.hunches.prevalence is 'Share of the reviews with text that say it, each company of the field weighing the same, from 0 to 1; null without a field.';
comment on column published.hunches.low is 'Lower end of the prevalence''s 95% interval.';
comment on column published.hunches.high is 'Upper end of the prevalence''s 95% interval.';
comment on column published.hunches.mentions is 'Reviews over the compared sources that say it, an author once per company.';
comment on column published.hunches.spread is 'Companies of the field at which the lower end of the prevalence clears the floor.';
comment on column published.hunches.praised is 'Share of the reviews that praise the same matter, counted like prevalence; null without a field.';
comment on column published.hunches.praised_low is 'Lower end of the 95% interval of praised.';
comment on column published.hunches.praised_high is 'Upper end of the 95% interval of praised.';
comment on column published.hunches.praised_mentions is 'Reviews that praise the same matter.';
comment on column published.hunches.because is 'What decided the verdict, in words.';
comment on column published.hunches.position is 'Place of the guess in the industry file, from 1.';
