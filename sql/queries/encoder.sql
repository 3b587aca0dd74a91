-- The encoder of an industry's last run.
select encoder

from runs
where
    industry = $industry
    and encoder is not null
order by started_at desc
limit 1
