-- The statements by which an industry's themes are known; a theme of a time before these were kept has its own one.
select theme_id, sentence_id, masked
from (
    select theme_id, place, sentence_id, masked
    from theme_statements
    where industry = $industry
    union all
    select themes.theme_id, 0 as place, themes.statement_sentence_id as sentence_id, sentences.masked
    from themes
    join sentences on sentences.industry = themes.industry and sentences.sentence_id = themes.statement_sentence_id
    where
        themes.industry = $industry
        and themes.theme_id not in (select theme_id from theme_statements where industry = $industry)
)
order by theme_id, place;
