-- Companies of the industry file about which nothing has come in.
select company
from companies
where
    industry = $industry
    and company not in (select company from reviews where industry = $industry)
order by company
