-- How many complaints and praises on the matter of each belief such a customer wrote.
with said as (
    select belief_id, sentence_id, opposite as positive
    from opposites
    where industry = $industry
    union
    select theme_sentences.theme_id, theme_sentences.sentence_id, false
    from theme_sentences
    join themes
        on themes.industry = theme_sentences.industry
        and themes.theme_id = theme_sentences.theme_id
        and themes.kind = 'belief'
        and themes.status = 'active'
    where theme_sentences.industry = $industry
)

select
    said.belief_id,
    coalesce(reviews.author, reviews.review_id) || ' ' || reviews.company as voice,
    count(*) filter (where not said.positive) as complaints,
    count(*) filter (where said.positive) as praises
from said
join sentences on sentences.industry = $industry and sentences.sentence_id = said.sentence_id
join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
where reviews.kind != 'employee' and reviews.stars is not null
group by all
order by said.belief_id, voice;
