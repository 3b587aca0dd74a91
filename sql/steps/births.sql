-- What each theme is known by: its kind, its own statement's sentence, those of its voices, and the sentences that it was
-- born with.
with spoken as (
    select theme_id, list(sentence_id order by place) as sentences
    from theme_statements
    where industry = $industry
    group by theme_id
),

born_with as (
    select theme_id, list(sentence_id order by sentence_id) as sentences
    from exemplars
    where industry = $industry
    group by theme_id
)

select
    themes.theme_id,
    themes.kind,
    spoken.sentences[1] as statement,
    coalesce(spoken.sentences[2:], []) as voices,
    coalesce(born_with.sentences, []) as exemplars
from themes
left join spoken on spoken.theme_id = themes.theme_id
left join born_with on born_with.theme_id = themes.theme_id
where themes.industry = $industry
order by themes.theme_id;
