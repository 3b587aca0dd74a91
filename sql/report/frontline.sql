-- What employees say about the beliefs of customers.
select *

from frontline
where industry = $industry
order by theme_id
