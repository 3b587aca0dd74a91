-- How satisfied each company's customers are on the matter of each belief, most satisfied first.
select *

from links
where industry = $industry
order by belief_id, satisfaction desc nulls last, company
