select theme_id, company, before, after, p, trend
from movements
where industry = $industry
order by theme_id, company;
