-- The guesses of the industry file, held against what customers say.
select *

from hunches
where industry = $industry
order by hunch
