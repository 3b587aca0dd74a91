-- Records that could not be used, by source and reason.
select
    source,
    reason,
    count(*) as records

from rejects
where industry = $industry
group by source, reason
order by records desc, source, reason
limit 20
