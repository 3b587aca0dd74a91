-- In how many opinions each theme occurs, by company, source and month of the review.
select
    theme_sentences.theme_id,
    reviews.company,
    reviews.source,
    date_trunc('month', reviews.published_at)::date as month,
    count(distinct coalesce(reviews.author, reviews.review_id)) as mentions
from theme_sentences
join sentences
    on sentences.industry = theme_sentences.industry and sentences.sentence_id = theme_sentences.sentence_id
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where
    theme_sentences.industry = $industry
    and reviews.kind != 'employee'
    and reviews.published_at is not null
group by all
order by all;
