-- What the user's company says it values, held against what customers praise, in its own order.
select *

from own_values
where industry = $industry
order by position
