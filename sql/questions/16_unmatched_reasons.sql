-- How many complaints with a reason say no belief's statement?
select count(*) as reasons, count(*) filter (
    where sentence_id not in (select sentence_id from theme_sentences where industry = $industry)
) as without_a_belief
from sentences
where industry = $industry and polarity = 'negative' and role = 'reason';
