-- What do customers praise most?
select theme_id, statement, prevalence, low, high, spread, field
from customer_values
where industry = $industry
order by prevalence desc nulls last, theme_id
limit 20;
