-- Words of erased reviews that stand as themes' statements; the next discovery lets another sentence speak.
update themes
set statement = '', statement_sentence_id = null
where
    industry = $industry
    and statement_sentence_id in (
        select sentence_id from sentences where industry = $industry and review_id in (select unnest($reviews))
    )
