create table published.meta (
    schema_version integer,
    minebelief_version varchar,
    published_at timestamp,
    data_from timestamp,
    data_to timestamp
);

insert into published.meta
with

dated as (

    select
        min(published_at) as data_from,
        max(published_at) as data_to

    from work.reviews

),

stamped as (

    select
        getvariable('schema_version') as schema_version,
        getvariable('minebelief_version') as minebelief_version,
        getvariable('published_at') as published_at,
        data_from,
        data_to

    from dated

)

select * from stamped;

comment on table published.meta is 'What this file is and what time it covers. Grain: one row per file. Key: schema_version.';
comment on column published.meta.schema_version is 'Version of the tables in this file; a program refuses files of a newer one.';
comment on column published.meta.minebelief_version is 'Version of Minebelief that wrote this file.';
comment on column published.meta.published_at is 'When this file was written, UTC.';
comment on column published.meta.data_from is 'Date of the oldest review with a date, UTC; null without dates.';
comment on column published.meta.data_to is 'Date of the newest review with a date, UTC; null without dates.';
