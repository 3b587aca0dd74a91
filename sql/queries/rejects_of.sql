-- The records that a run rejected.
select
    rejects.source,
    rejects.locator,
    rejects.reason,
    rejects.excerpt

from rejects
where
    rejects.industry = $industry
    and rejects.run_id = $run_id
order by rejects.source, rejects.locator, rejects.reason
