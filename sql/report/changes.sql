-- What the newest run that changed anything changed, the sure and the large first.
select
    changes.*,
    runs.finished_at

from changes
left join runs on changes.run_id = runs.run_id
where
    changes.industry = $industry
    and changes.run_id = (
        select changes.run_id

        from changes
        left join runs on changes.run_id = runs.run_id
        where changes.industry = $industry
        order by runs.started_at desc nulls last, changes.run_id desc
        limit 1
    )
order by
    changes.significant desc nulls last,
    changes.company = '*' desc,
    abs(coalesce(changes.after, 0) - coalesce(changes.before, 0)) desc,
    changes.theme_id,
    changes.company,
    changes.change
