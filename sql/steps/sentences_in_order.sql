-- An industry's sentences, with their reviews' stars, in the order in which they stand.
select
    sentences.sentence_id, sentences.review_id, sentences.position, sentences.text, sentences.masked,
    sentences.text_hash, reviews.stars
from sentences
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where sentences.industry = $industry
order by sentences.review_id, sentences.position;
