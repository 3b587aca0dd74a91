-- What became of themes since the changes were last written, with the prevalence of the newest months and before, where counted.
select
    lineage.event,
    lineage.theme_id,
    lineage.other_id,
    if(lineage.event = 'born', null, coalesce(movements.before, theme_counts.prevalence)) as before,
    if(lineage.event = 'retired', 0, coalesce(movements.after, theme_counts.prevalence)) as after,
    lineage.note
from lineage
left join movements
    on movements.industry = lineage.industry and movements.theme_id = lineage.theme_id and movements.company = '*'
left join theme_counts on theme_counts.industry = lineage.industry and theme_counts.theme_id = lineage.theme_id
left join changes_seen on changes_seen.industry = lineage.industry
where lineage.industry = $industry and lineage.number > coalesce(changes_seen.lineage_number, 0)
order by lineage.number, lineage.place;
