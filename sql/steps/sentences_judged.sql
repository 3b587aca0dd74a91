-- Where each judged sentence stands now, with its text: match where it says the theme, border where it is near it.
select
    judged.theme_id,
    judged.sentence_id,
    sentences.text,
    case
        when theme_sentences.sentence_id is not null then 'match'
        when border.sentence_id is not null then 'border'
    end as stratum
from (
    select distinct theme_id, sentence_id from judgements where industry = $industry
) as judged
join sentences on sentences.industry = $industry and sentences.sentence_id = judged.sentence_id
left join theme_sentences
    on theme_sentences.industry = $industry
    and theme_sentences.theme_id = judged.theme_id
    and theme_sentences.sentence_id = judged.sentence_id
left join border
    on border.industry = $industry
    and border.theme_id = judged.theme_id
    and border.sentence_id = judged.sentence_id;
