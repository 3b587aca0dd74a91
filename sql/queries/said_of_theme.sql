-- The sentences of a theme.
select theme_sentences.sentence_id, sentences.text
from theme_sentences
inner join sentences
    on theme_sentences.industry = sentences.industry
    and theme_sentences.sentence_id = sentences.sentence_id
where
    theme_sentences.industry = $industry
    and theme_sentences.theme_id = $theme_id
order by theme_sentences.rank
