-- In which run a sentence first said a theme.
insert into arrivals
select theme_sentences.industry, theme_sentences.theme_id, theme_sentences.sentence_id, $run_id as run_id
from theme_sentences
anti join arrivals
    on arrivals.industry = theme_sentences.industry
    and arrivals.theme_id = theme_sentences.theme_id
    and arrivals.sentence_id = theme_sentences.sentence_id
where theme_sentences.industry = $industry;
