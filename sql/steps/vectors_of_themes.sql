-- The sentences whose vectors stand for each active theme, by theme.
select
    themes.theme_id,
    themes.kind,
    sentences.text_hash
from themes
join theme_statements on theme_statements.industry = themes.industry and theme_statements.theme_id = themes.theme_id
join sentences
    on sentences.industry = themes.industry and sentences.sentence_id = theme_statements.sentence_id
where themes.industry = $industry and themes.status = 'active'
order by themes.theme_id, theme_statements.place;
