-- What could not be read, and why?
select source, reason, count(*) as records, min(locator) as one_of_them
from rejects
where industry = $industry
group by source, reason
order by records desc, source, reason;
