-- What each theme is known by: its kind, its own statement's sentence, and the sentences that it was born with.
select
    themes.theme_id,
    themes.kind,
    any_value(theme_statements.sentence_id) as statement,
    coalesce(
        list(exemplars.sentence_id order by exemplars.sentence_id) filter (exemplars.sentence_id is not null), []
    ) as exemplars
from themes
left join theme_statements
    on theme_statements.industry = themes.industry
    and theme_statements.theme_id = themes.theme_id
    and theme_statements.place = 0
left join exemplars on exemplars.industry = themes.industry and exemplars.theme_id = themes.theme_id
where themes.industry = $industry
group by themes.theme_id, themes.kind;
