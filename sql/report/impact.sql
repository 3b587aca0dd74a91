-- What complaint and praise on the matter of each belief go with in stars.
select *

from impact
where industry = $industry
order by theme_id
