-- An industry's sentences that nobody has read yet, or all of them ($which is 'all'), with what they are read with.
select sentences.sentence_id, sentences.review_id, sentences.masked, reviews.stars, embeddings.vector
from sentences
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
join embeddings on embeddings.text_hash = sentences.text_hash and embeddings.encoder = $encoder
where
    sentences.industry = $industry
    and ($which = 'all' or sentences.sentence_id not in (select sentence_id from readings where industry = $industry))
order by sentences.review_id, sentences.position;
