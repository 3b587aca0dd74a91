-- Every theme that an industry ever had, with what people decided about it. A theme of a time before decisions is plain.
select
    themes.theme_id,
    themes.kind,
    coalesce(themes.statement, '') as statement,
    themes.status,
    themes.area,
    themes.keywords,
    theme_identity.name,
    coalesce(theme_identity.hidden, false) as hidden,
    coalesce(theme_identity.pinned, false) as pinned,
    theme_identity.merged_into,
    theme_identity.drift,
    theme_identity.stability
from themes
left join theme_identity on theme_identity.industry = themes.industry and theme_identity.theme_id = themes.theme_id
where themes.industry = $industry
order by themes.theme_id;
