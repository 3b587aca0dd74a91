-- Openings of one company, or (company null) of a new entrant, best first; common beliefs before others.
select *

from openings
where
    industry = $industry
    and company is not distinct from $company
order by common = 'pass' desc, rank, belief_id
