-- Which complaints are not common, and what is missing?
select theme_id, statement, spread, field, because
from beliefs
where industry = $industry and not common
order by spread desc, prevalence desc, theme_id
limit 20;
