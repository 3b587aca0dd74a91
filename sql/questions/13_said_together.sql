-- Which beliefs are said in the same reviews?
with said as (
    select distinct theme_id, review_id
    from theme_sentences
    where industry = $industry and theme_id like 'b%'
)
select one.theme_id as belief, other.theme_id as other, count(*) as reviews
from said as one
join said as other on one.review_id = other.review_id and one.theme_id < other.theme_id
group by all
order by reviews desc, belief, other
limit 20;
