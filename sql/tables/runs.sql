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
    figures varchar
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
        figures

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
