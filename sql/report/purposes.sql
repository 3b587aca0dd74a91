-- The purpose of the industry file, then what customers say it is for, most said first.
select *

from purposes
where industry = $industry
order by rank
