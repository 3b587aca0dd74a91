create table published.themes (
    industry varchar,
    theme_id varchar,
    kind varchar,
    area varchar,
    statement varchar,
    statement_sentence_id varchar,
    keywords varchar[],
    sentences integer,
    reviews integer,
    companies integer,
    prevalence double,
    low double,
    high double,
    prevalence_volume double,
    spread integer,
    common boolean,
    because varchar,
    stability double,
    precision double,
    status varchar,
    first_seen timestamp,
    last_seen timestamp,
    name varchar,
    pinned boolean,
    drift double,
    trend varchar,
    precision_low double,
    precision_high double,
    recall double,
    judged integer,
    corrected_for varchar
);

insert into published.themes
with

counted as (

    select
        -- ids
        themes.industry,
        themes.theme_id,

        -- what it says
        themes.kind,
        themes.area,
        themes.statement,
        themes.statement_sentence_id,
        themes.keywords,

        -- how often
        theme_counts.sentences,
        theme_counts.reviews,
        theme_counts.companies,
        theme_counts.prevalence,
        theme_counts.low,
        theme_counts.high,
        theme_counts.prevalence_volume,
        theme_counts.spread,
        theme_counts.common,
        theme_counts.because,

        -- how sure
        theme_identity.stability,
        audits.precision,

        -- when
        themes.status,
        theme_counts.first_seen,
        theme_counts.last_seen,

        -- what people decided, and how it moves
        theme_identity.name,
        coalesce(theme_identity.pinned, false) as pinned,
        theme_identity.drift,
        movements.trend,

        -- what people judged
        audits.precision_low,
        audits.precision_high,
        audits.recall,
        audits.judged,
        audits.corrected_for

    from work.themes
    left join work.theme_identity
        on themes.industry = theme_identity.industry
        and themes.theme_id = theme_identity.theme_id
    left join work.movements
        on themes.industry = movements.industry
        and themes.theme_id = movements.theme_id
        and movements.company = '*'
    left join work.theme_counts
        on themes.industry = theme_counts.industry
        and themes.theme_id = theme_counts.theme_id
    left join work.audits
        on themes.industry = audits.industry
        and themes.theme_id = audits.theme_id
    where themes.status = 'active'
    order by themes.industry, themes.theme_id

)

select * from counted;

comment on table published.themes is 'Reasons that say the same thing, counted over the industry. Grain: one row per active theme. Key: industry, theme_id.';
comment on column published.themes.industry is 'Key of the industry.';
comment on column published.themes.theme_id is 'Id of the theme: b12 for a belief, v7 for a value; never reused within an industry.';
comment on column published.themes.kind is 'belief (a complaint) or value (praise).';
comment on column published.themes.area is 'The matter that the theme is about, a group of themes.';
comment on column published.themes.statement is 'The verbatim sentence that speaks for the theme.';
comment on column published.themes.statement_sentence_id is 'The sentence that the statement was taken from.';
comment on column published.themes.keywords is 'Words that set the theme apart from the others, most telling first.';
comment on column published.themes.sentences is 'Sentences that say the theme.';
comment on column published.themes.reviews is 'Reviews with at least one sentence that says the theme.';
comment on column published.themes.companies is 'Companies with at least one such review.';
comment on column published.themes.prevalence is 'Share of the reviews with text in which the theme occurs, each company of the field weighing the same, from 0 to 1; null without a field. Corrected where corrected_for says so.';
comment on column published.themes.low is 'Lower end of the prevalence''s 95% interval.';
comment on column published.themes.high is 'Upper end of the prevalence''s 95% interval.';
comment on column published.themes.prevalence_volume is 'The same share with every review weighing the same, so that companies with many reviews weigh more.';
comment on column published.themes.spread is 'Companies of the field at which the prevalence''s lower end clears the floor.';
comment on column published.themes.common is 'Whether the theme recurs across the field: a common belief.';
comment on column published.themes.because is 'What makes the theme common, or what is missing.';
comment on column published.themes.stability is 'Whether the theme comes back when other customers had written: the mean best-match Jaccard overlap of its sentences over 20 resamples of 80% of the reviews, from 0 to 1. Below 0.6 it is not stable, and never common. Measured when themes are looked for anew; null for what a person split off since.';
comment on column published.themes.precision is 'Share of a random sample of what is counted, one sentence of each review, that people find to say the theme, from 0 to 1, unsure ones left out; null where nobody judged.';
comment on column published.themes.status is 'active; retired, merged and hidden themes are not published, and lineage tells of them.';
comment on column published.themes.first_seen is 'Date of the oldest review that says the theme, UTC; null without dates.';
comment on column published.themes.last_seen is 'Date of the newest review that says the theme, UTC; null without dates.';
comment on column published.themes.name is 'What people call the theme; null where nobody has named it.';
comment on column published.themes.pinned is 'Whether people decided that it stays as it is: it is never merged, split or retired by itself.';
comment on column published.themes.drift is 'How far its sentences are from those that it was born with: 0 the same, 1 unrelated (1 less the cosine of their means).';
comment on column published.themes.trend is 'rising, fading or steady over the field, as movements has it; null where the data are too short.';
comment on column published.themes.precision_low is 'Lower end of the precision''s 95% interval (Wilson).';
comment on column published.themes.precision_high is 'Upper end of the precision''s 95% interval.';
comment on column published.themes.recall is 'Of the reviews that say the theme, the share that is counted, from 0 to 1, as judged samples of what is counted and of what is near its border tell; what is missed farther away is not seen. Null where nothing near the border was judged.';
comment on column published.themes.judged is 'Judgements that precision rests on; null where nobody judged.';
comment on column published.themes.corrected_for is 'What the theme''s prevalences are corrected for by judgements: precision, or precision and recall; null where fewer than ten were judged, and prevalences are as counted.';
