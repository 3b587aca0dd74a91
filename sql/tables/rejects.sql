create table published.rejects (
    industry varchar,
    source varchar,
    locator varchar,
    reason varchar,
    excerpt varchar,
    run_id varchar
);

insert into published.rejects
with

rejects as (

    select
        industry,
        source,
        locator,
        reason,
        excerpt,
        run_id

    from work.rejects
    order by industry, source, locator, reason

)

select * from rejects;

comment on table published.rejects is 'Records that could not be used, never lost. Grain: one row per record and reason. Key: industry, source, locator, reason.';
comment on column published.rejects.industry is 'Key of the industry.';
comment on column published.rejects.source is 'Name of the source that the record comes from.';
comment on column published.rejects.locator is 'Where the record stands: file and line, or address.';
comment on column published.rejects.reason is 'Why it could not be used.';
comment on column published.rejects.excerpt is 'Beginning of the record, as it was found.';
comment on column published.rejects.run_id is 'The run that met it.';
