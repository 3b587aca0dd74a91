-- A checksum of an industry's reasons and of which themes they say.
select
    (select count(*) from readings where industry = $industry),
    (select bit_xor(hash(sentence_id, polarity, role)) from readings where industry = $industry),
    (select bit_xor(hash(theme_id, sentence_id)) from theme_sentences where industry = $industry),
    (select bit_xor(hash(theme_id, statement_sentence_id)) from themes where industry = $industry and status = 'active');
