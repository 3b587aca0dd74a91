-- How many stars do customers give who say a belief?
select themes.theme_id, themes.statement, avg(reviews.stars) as stars, count(distinct reviews.review_id) as reviews
from themes
join theme_sentences using (industry, theme_id)
join sentences using (industry, sentence_id)
join reviews on reviews.industry = themes.industry and reviews.review_id = sentences.review_id
where themes.industry = $industry and themes.kind = 'belief'
group by themes.theme_id, themes.statement
order by stars nulls last, themes.theme_id
limit 20;
