create table published.judgements (
    industry varchar,
    theme_id varchar,
    sentence_id varchar,
    verdict varchar,
    judge varchar,
    judged_at timestamp,
    stratum varchar,
    counts boolean
);

insert into published.judgements
with

judged as (

    select
        judgements.industry,
        judgements.theme_id,
        judgements.sentence_id,
        judgements.verdict,
        judgements.judge,
        judgements.judged_at,
        judgements.stratum,
        judgements.counts

    from work.judgements
    semi join work.themes
        on judgements.industry = themes.industry
        and judgements.theme_id = themes.theme_id
        and themes.status = 'active'
    semi join work.industries
        on judgements.industry = industries.industry
    order by judgements.industry, judgements.theme_id, judgements.sentence_id, judgements.judge

)

select * from judged;

comment on table published.judgements is 'What people judged by hand: does the sentence say the theme? A judge''s newest word on it. Grain: one row per theme, sentence and judge. Key: industry, theme_id, sentence_id, judge.';
comment on column published.judgements.industry is 'Key of the industry.';
comment on column published.judgements.theme_id is 'The theme.';
comment on column published.judgements.sentence_id is 'The sentence that was judged.';
comment on column published.judgements.verdict is 'yes, no or unsure.';
comment on column published.judgements.judge is 'Who judged.';
comment on column published.judgements.judged_at is 'When, UTC.';
comment on column published.judgements.stratum is 'Where the sentence was drawn from: match (it was counted under the theme) or border (it was near, and was not).';
comment on column published.judgements.counts is 'Whether the sentence is still there, unchanged, and still where it was drawn from; else the judgement counts no more.';
