-- What can be measured in what people say about each belief: the commonest units, with their median.
select
    belief_id,
    unit,
    count(distinct sentence_id) as sentences,
    median(quantity) as median

from anchors
where
    industry = $industry
    and role = 'got'
    and quantity is not null
group by belief_id, unit
having count(distinct sentence_id) >= 5
order by belief_id, sentences desc, unit
