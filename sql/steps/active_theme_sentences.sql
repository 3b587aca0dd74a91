-- Which sentences the active themes of an industry hold.
select theme_sentences.theme_id, theme_sentences.sentence_id
from theme_sentences
join themes on themes.industry = theme_sentences.industry and themes.theme_id = theme_sentences.theme_id
where theme_sentences.industry = ? and themes.status = 'active';
