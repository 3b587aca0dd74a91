-- How far each theme reaches: sentences, reviews, companies, months, first and last time.
select
    theme_sentences.theme_id,
    count(*) as sentences,
    count(distinct reviews.review_id) as reviews,
    count(distinct reviews.company) as companies,
    count(distinct date_trunc('month', reviews.published_at)) as months,
    min(reviews.published_at) as first_seen,
    max(reviews.published_at) as last_seen
from theme_sentences
join sentences
    on sentences.industry = theme_sentences.industry and sentences.sentence_id = theme_sentences.sentence_id
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where theme_sentences.industry = $industry
group by theme_sentences.theme_id;
