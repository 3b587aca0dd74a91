-- What became of a theme, and of others into or out of it, oldest first.
select
    lineage.number,
    lineage.run_id,
    lineage.event,
    lineage.theme_id,
    lineage.other_id,
    lineage.overlap,
    lineage.who,
    lineage.decided_at,
    lineage.note,
    runs.started_at
from lineage
left join runs on lineage.run_id = runs.run_id
where
    lineage.industry = $industry
    and $theme_id in (lineage.theme_id, lineage.other_id)
order by lineage.number, lineage.place
