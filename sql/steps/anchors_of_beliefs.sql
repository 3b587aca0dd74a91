-- How many sentences of each belief name a quantity, and the shortest of them.
select
    anchors.belief_id,
    count(distinct anchors.sentence_id) as sentences,
    min_by(sentences.text, length(sentences.text)) as example
from anchors
join sentences on sentences.industry = anchors.industry and sentences.sentence_id = anchors.sentence_id
where anchors.industry = $industry
group by anchors.belief_id
order by anchors.belief_id;
