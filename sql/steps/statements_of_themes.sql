select theme_id, kind, statement_sentence_id
from themes
where industry = $industry and status = 'active'
order by theme_id;
