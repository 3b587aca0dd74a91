-- What was mined from reviews that are not what they were: last the sentences.
delete from sentences
where industry = $industry and review_id in (select unnest($reviews))
