create table published.lineage (
    industry varchar,
    number integer,
    place integer,
    run_id varchar,
    event varchar,
    theme_id varchar,
    other_id varchar,
    overlap double,
    who varchar,
    decided_at timestamp,
    note varchar
);

insert into published.lineage
with

events as (

    select
        -- ids
        lineage.industry,
        lineage.number,
        lineage.place,
        lineage.run_id,

        -- what happened
        lineage.event,
        lineage.theme_id,
        lineage.other_id,
        lineage.overlap,

        -- who decided it
        lineage.who,
        lineage.decided_at,
        lineage.note

    from work.lineage
    order by lineage.industry, lineage.number, lineage.place

)

select * from events;

comment on table published.lineage is 'What became of themes from run to run, retired and merged ones included. Grain: one row per event. Key: industry, number, place.';
comment on column published.lineage.industry is 'Key of the industry.';
comment on column published.lineage.number is 'Running number of the discoveries in which anything became of any theme, from 1.';
comment on column published.lineage.place is 'Order of the events within one discovery, from 0.';
comment on column published.lineage.run_id is 'The run that found it out.';
comment on column published.lineage.event is 'born, continued (found again by a full discovery), split, merged, retired (hardly said any more), revived; or a decision: renamed, merged, split, hidden, shown, pinned, unpinned.';
comment on column published.lineage.theme_id is 'The theme; for split the one that fell apart, for merged the one that went into the other.';
comment on column published.lineage.other_id is 'For split the new theme, for merged the one that took it in; null otherwise.';
comment on column published.lineage.overlap is 'How much the two belong together, from 0 to 1: for continued the Jaccard overlap of its sentences before and after; for split and merged the share of the smaller one''s sentences in the larger one, or the nearness of the statements where one fell silent as the other came up; null where nothing was compared.';
comment on column published.lineage.who is 'Who decided it; null for what the program found.';
comment on column published.lineage.decided_at is 'When it was decided, UTC; null for what the program found.';
comment on column published.lineage.note is 'More about it, such as the new name; null for most.';
