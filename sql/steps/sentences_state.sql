-- A checksum of an industry's sentences and of what they are read with.
select count(*), bit_xor(hash(sentences.sentence_id, sentences.text_hash, reviews.stars, reviews.kind, reviews.company))
from sentences
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where sentences.industry = $industry;
