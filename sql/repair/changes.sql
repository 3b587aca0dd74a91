insert into work.changes by name
select industry, number, run_id, theme_id, company, change, before, after, significant, note
from published.changes;
