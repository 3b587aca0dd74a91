-- Customers' reasons, bad and good, with the reviews that they stand in, in the order of their ids.
select
    sentences.sentence_id,
    sentences.review_id,
    sentences.masked,
    sentences.text_hash,
    readings.polarity = 'negative' as negative
from sentences
join readings on readings.industry = sentences.industry and readings.sentence_id = sentences.sentence_id
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where
    sentences.industry = $industry
    and reviews.kind != 'employee'
    and readings.role = 'reason'
    and readings.polarity != 'neutral'
order by sentences.sentence_id;
