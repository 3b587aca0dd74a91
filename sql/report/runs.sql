-- The newest runs of the industry, newest first.
select *

from runs
where industry = $industry
order by started_at desc, run_id desc
limit 5
