-- What does everybody complain about in this industry?
select theme_id, statement, prevalence, low, high, spread, field
from beliefs
where industry = $industry and common
order by prevalence desc, theme_id;
