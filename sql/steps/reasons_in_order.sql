-- An industry's sentences and how they are read, in the order in which they stand. kind is that of the themes that a
-- customer's reason may say, null for everything else; area is null for what no discovery has seen. A newcomer came
-- after the last full discovery, or was published in the newest three months.
with newest as (
    select max(published_at) as day
    from reviews
    where industry = $industry
)

select
    sentences.sentence_id,
    sentences.review_id,
    sentences.position,
    sentences.text,
    sentences.masked,
    sentences.text_hash,
    readings.p_negative,
    readings.p_reason,
    readings.wish,
    case when readings.polarity = 'positive' then 1 - readings.p_negative else 0 end as p_positive,
    case
        when reviews.kind = 'employee' or readings.role != 'reason' then null
        when readings.polarity = 'negative' then 'belief'
        when readings.polarity = 'positive' then 'value'
    end as kind,
    areas.area,
    (
        newcomers.sentence_id is not null
        or coalesce(reviews.published_at > newest.day - interval 3 months, false)
    ) as newcomer
from sentences
join readings on readings.industry = sentences.industry and readings.sentence_id = sentences.sentence_id
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
cross join newest
left join areas on areas.industry = sentences.industry and areas.sentence_id = sentences.sentence_id
left join newcomers on newcomers.industry = sentences.industry and newcomers.sentence_id = sentences.sentence_id
where sentences.industry = $industry
order by sentences.review_id, sentences.position;
