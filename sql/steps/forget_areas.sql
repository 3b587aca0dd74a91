-- What was mined from reviews that are not what they were: then which area it fell into.
delete from areas
where
    industry = $industry
    and sentence_id in (
        select sentence_id from sentences where industry = $industry and review_id in (select unnest($reviews))
    )
