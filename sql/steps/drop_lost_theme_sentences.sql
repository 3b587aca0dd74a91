-- What was mined from sentences that are gone.
delete from theme_sentences
where
    industry = $industry
    and sentence_id not in (select sentence_id from sentences where industry = $industry);
