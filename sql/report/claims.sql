-- What companies promise, held against what their own customers say.
select *

from claims
where industry = $industry
order by company, claim
