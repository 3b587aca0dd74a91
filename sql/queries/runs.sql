-- An industry's runs, newest first.
select runs.run_id, runs.started_at, runs.status
from runs
where runs.industry = $industry
order by runs.started_at desc, runs.run_id desc
