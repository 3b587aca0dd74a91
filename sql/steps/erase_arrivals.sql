-- What was made of reviews that are erased, in arrivals.
delete from arrivals
where
    industry = $industry
    and sentence_id in (
        select sentence_id from sentences where industry = $industry and review_id in (select unnest($reviews))
    )
