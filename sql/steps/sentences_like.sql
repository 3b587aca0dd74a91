-- Whole rows of an industry's sentences in which a pattern is found.
select *
from sentences
where industry = $industry and regexp_matches(text, $pattern)
order by sentence_id;
