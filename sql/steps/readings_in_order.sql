-- How an industry's sentences are read, in the order in which they stand; mined are customers' negative reasons.
select
    readings.p_negative, readings.p_reason, readings.wish,
    reviews.kind != 'employee' and readings.polarity = 'negative' and readings.role = 'reason' as mined
from sentences
join readings on readings.industry = sentences.industry and readings.sentence_id = sentences.sentence_id
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where sentences.industry = $industry
order by sentences.review_id, sentences.position;
