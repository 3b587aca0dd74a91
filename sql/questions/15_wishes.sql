-- What do customers wish for?
select companies.name, sentences.text
from sentences
join companies using (industry, company)
where sentences.industry = $industry and sentences.wish
order by sentences.p_negative desc, sentences.sentence_id
limit 20;
