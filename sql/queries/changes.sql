-- What runs changed after a time; where none is given, what the newest run that changed anything did.
with

started as (

    select
        changes.*,
        runs.started_at,
        max(changes.number) over () as newest

    from changes
    left join runs on changes.run_id = runs.run_id
    where changes.industry = $industry

),

told as (

    select
        started.number,
        started.run_id,
        started.started_at,
        started.theme_id,
        started.company,
        started.change,
        started.before,
        started.after,
        started.significant,
        started.note,
        started.statement,
        companies.name as company_name

    from started
    left join companies
        on started.industry = companies.industry
        and started.company = companies.company
    where
        if($since is null, started.number = started.newest, started.started_at > $since::timestamp)
    order by started.number, started.significant desc, started.change, started.theme_id, started.company

)

select * from told
