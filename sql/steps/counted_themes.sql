-- An industry's active themes with what counting says of them, most prevalent first.
select
    themes.theme_id,
    themes.kind,
    themes.statement,
    theme_counts.prevalence,
    coalesce(theme_counts.common, false) as common
from themes
left join theme_counts on theme_counts.industry = themes.industry and theme_counts.theme_id = themes.theme_id
where themes.industry = $industry and themes.status = 'active' and themes.statement is not null
order by theme_counts.prevalence desc nulls last, length(themes.theme_id), themes.theme_id;
