create table published.changes (
    industry varchar,
    number integer,
    run_id varchar,
    theme_id varchar,
    company varchar,
    change varchar,
    before double,
    after double,
    significant boolean,
    note varchar,
    statement varchar
);

insert into published.changes
with

told as (

    select
        -- ids
        changes.industry,
        changes.number,
        changes.run_id,
        changes.theme_id,
        changes.company,

        -- what changed
        changes.change,
        changes.before,
        changes.after,
        changes.significant,
        changes.note,
        coalesce(theme_identity.name, themes.statement) as statement

    from work.changes
    left join work.themes
        on changes.industry = themes.industry
        and changes.theme_id = themes.theme_id
    left join work.theme_identity
        on changes.industry = theme_identity.industry
        and changes.theme_id = theme_identity.theme_id
    order by changes.industry, changes.number, changes.theme_id, changes.company, changes.change

)

select * from told;

comment on table published.changes is 'What each run changed, every thing once. Grain: one row per run, theme, company and change. Key: industry, number, theme_id, company, change.';
comment on column published.changes.industry is 'Key of the industry.';
comment on column published.changes.number is 'Running number of the runs that changed anything, from 1.';
comment on column published.changes.run_id is 'The run.';
comment on column published.changes.theme_id is 'The theme; it may be retired or merged by now, see lineage.';
comment on column published.changes.company is 'Key of the company that moved; * is the field as a whole.';
comment on column published.changes.change is 'born, gone, revived, split, merged; risen or fallen where the newest months began to differ from those before.';
comment on column published.changes.before is 'Prevalence before, from 0 to 1; null for what is new.';
comment on column published.changes.after is 'Prevalence now, from 0 to 1.';
comment on column published.changes.significant is 'False for a risen or fallen that is unlikely by itself (p up to 0.01) and not among so many themes looked at.';
comment on column published.changes.note is 'More about it, such as the other theme of a merger; null for most.';
comment on column published.changes.statement is 'The theme''s name, or the sentence that speaks for it.';
