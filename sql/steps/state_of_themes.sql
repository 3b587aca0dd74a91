-- What tells whether themes, their sentences or the readings are others than they were.
select
    count(*) as matches,
    bit_xor(hash(theme_sentences.theme_id, theme_sentences.sentence_id)) as matched,
    (select bit_xor(hash(theme_id, sentence_id)) from theme_statements where industry = $industry) as statements,
    (select bit_xor(hash(theme_id, status)) from themes where industry = $industry) as themes,
    (select bit_xor(hash(sentence_id, polarity, role)) from readings where industry = $industry) as readings
from theme_sentences
where theme_sentences.industry = $industry;
