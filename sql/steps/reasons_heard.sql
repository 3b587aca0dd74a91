-- Sentences that give a reason, customers' and employees', in the order in which they stand, with who says them.
select
    sentences.sentence_id,
    sentences.text,
    sentences.masked,
    sentences.text_hash,
    readings.polarity,
    readings.wish,
    reviews.company,
    reviews.source,
    reviews.kind = 'employee' as employee,
    coalesce(reviews.author, reviews.review_id) as voice
from sentences
join readings on readings.industry = sentences.industry and readings.sentence_id = sentences.sentence_id
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where sentences.industry = $industry and readings.role = 'reason' and readings.polarity in ('negative', 'positive')
order by sentences.review_id, sentences.position;
