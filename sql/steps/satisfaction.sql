-- On the matter of each belief, at each company, over the compared sources and time: how many speak well and how many ill.
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
),

voices as (
    select distinct
        said.belief_id,
        said.positive,
        reviews.company,
        coalesce(reviews.author, reviews.review_id) as voice
    from said
    join sentences on sentences.industry = $industry and sentences.sentence_id = said.sentence_id
    join reviews on reviews.industry = sentences.industry and reviews.review_id = sentences.review_id
    where
        reviews.kind != 'employee'
        and list_contains($sources, reviews.source)
        and ($since is null or reviews.published_at between $since and $until)
)

select
    belief_id,
    company,
    count(*) filter (where positive) as positive,
    count(*) filter (where not positive) as negative
from voices
group by all
order by all;
