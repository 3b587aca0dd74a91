-- How many stars do customers give who say a belief?
with said as (
    select distinct theme_id, review_id
    from theme_sentences
    where industry = $industry
)
select themes.theme_id, themes.statement, avg(reviews.stars) as stars, count(*) as reviews
from themes
join said on themes.theme_id = said.theme_id
join reviews on said.review_id = reviews.review_id
where themes.industry = $industry and themes.kind = 'belief' and reviews.industry = $industry
group by themes.theme_id, themes.statement
order by stars nulls last, themes.theme_id
limit 20;
