-- Where do two companies differ beyond chance?
select theme_id, kind, statement, a_prevalence, b_prevalence, difference
from compare($industry, $company, $other)
where apart;
