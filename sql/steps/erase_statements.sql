-- Words of erased reviews that spoke for themes; the next discovery lets another sentence speak.
update theme_statements
set masked = ''
where
    industry = $industry
    and sentence_id in (
        select sentence_id from sentences where industry = $industry and review_id in (select unnest($reviews))
    )
