-- How many stars do customers give who say a belief?
select themes.theme_id, themes.statement, avg(said.stars) as stars, count(*) as reviews
from theme_sentences as said
join themes using (industry, theme_id)
where said.industry = $industry and said.counted and themes.kind = 'belief'
group by themes.theme_id, themes.statement
order by stars nulls last, themes.theme_id
limit 20;
