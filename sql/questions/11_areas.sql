-- Which matters do complaints and praise gather around?
select area, count(*) filter (where kind = 'belief') as beliefs, count(*) filter (where kind = 'value') as customer_values,
    sum(reviews) as mentions
from all_themes
where industry = $industry
group by area
order by mentions desc, area;
