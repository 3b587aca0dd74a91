-- One row per customer and company with stars and reasons: what an author wrote there counts as one.
select
    reviews.company || ' ' || min(reviews.source) as place,
    coalesce(reviews.author, reviews.review_id) || ' ' || reviews.company as voice,
    avg(reviews.stars) as stars,
    coalesce(sum(said.complaints), 0) as complaints,
    coalesce(sum(said.praises), 0) as praises
from reviews
join (
    select
        sentences.review_id,
        count(*) filter (where readings.role = 'reason' and readings.polarity = 'negative') as complaints,
        count(*) filter (where readings.role = 'reason' and readings.polarity = 'positive') as praises
    from sentences
    join readings on readings.industry = sentences.industry and readings.sentence_id = sentences.sentence_id
    where sentences.industry = $industry
    group by sentences.review_id
) as said on said.review_id = reviews.review_id
where
    reviews.industry = $industry
    and reviews.kind != 'employee'
    and reviews.stars is not null
group by reviews.company, coalesce(reviews.author, reviews.review_id)
order by voice;
