create table published.runs (
    run_id varchar,
    industry varchar,
    started_at timestamp,
    finished_at timestamp,
    status varchar,
    reviews integer,
    sentences integer,
    encoder varchar,
    settings_hash varchar,
    table_hash varchar,
    figures varchar,
    reading_reviews integer,
    reading_accuracy double,
    reading_auc double,
    reading_calibration_error double
);

insert into published.runs
with

runs as (

    select
        -- ids
        run_id,
        industry,

        -- how it went
        started_at,
        finished_at,
        case when run_id = getvariable('run_id') then getvariable('run_status') else status end as status,

        -- what it worked on
        reviews,
        sentences,
        encoder,
        settings_hash,

        -- what came of it
        case when run_id = getvariable('run_id') then getvariable('run_hash') else table_hash end as table_hash,
        figures,

        -- how well it reads, by its own estimate
        reading_reviews,
        reading_accuracy,
        reading_auc,
        reading_calibration_error

    from work.runs
    order by started_at, run_id

)

select * from runs;

comment on table published.runs is 'Executions of the pipeline. Grain: one row per run. Key: run_id.';
comment on column published.runs.run_id is 'Id of the run.';
comment on column published.runs.industry is 'Key of the industry that was brought up to date.';
comment on column published.runs.started_at is 'When the run began, UTC.';
comment on column published.runs.finished_at is 'When the run ended, UTC; null if it was cut off.';
comment on column published.runs.status is 'running, finished, partial, held, failed or killed.';
comment on column published.runs.reviews is 'Reviews of the industry after the run.';
comment on column published.runs.sentences is 'Sentences of the industry after the run.';
comment on column published.runs.encoder is 'The model that turned sentences into vectors.';
comment on column published.runs.settings_hash is 'Hash of the settings that bear on the result.';
comment on column published.runs.table_hash is 'SHA-256 over the industry''s published tables; the same for the same input, history and thread count on one machine.';
comment on column published.runs.figures is 'Further figures of the run, as JSON.';
comment on column published.runs.reading_reviews is 'Reviews of 1 to 2 or 5 stars that the reading was held against; null where no stars can tell. The stars of a review had no part in teaching what read it.';
comment on column published.runs.reading_accuracy is 'Share of these reviews whose sentences, by their text alone, are on the right side of one half on average, from 0 to 1.';
comment on column published.runs.reading_auc is 'How well the mean probability of their sentences tells the bad from the good of these reviews: area under the ROC curve, from 0 to 1, one half is chance.';
comment on column published.runs.reading_calibration_error is 'Expected calibration error of a sentence''s probability of being negative, by its text alone, from 0 to 1.';
