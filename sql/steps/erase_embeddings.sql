-- The vectors of texts that nobody wrote but the authors of reviews that are erased.
delete from embeddings
where
    text_hash in (
        select text_hash from sentences where industry = $industry and review_id in (select unnest($reviews))
    )
    and text_hash not in (
        select text_hash from sentences
        where not (industry = $industry and review_id in (select unnest($reviews)))
    )
