-- The statements of an industry's active beliefs, masked.
select themes.theme_id, sentences.masked
from themes
join sentences
    on sentences.industry = themes.industry and sentences.sentence_id = themes.statement_sentence_id
where themes.industry = $industry and themes.status = 'active' and themes.kind = 'belief'
order by themes.theme_id;
