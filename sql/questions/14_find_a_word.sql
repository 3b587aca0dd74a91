-- Which sentences hold a word, and which theme do they say?
select sentences.text, sentences.polarity, theme_sentences.theme_id
from sentences
left join theme_sentences using (industry, sentence_id)
where industry = $industry and sentences.text ilike '%claim%'
order by sentences.sentence_id
limit 20;
