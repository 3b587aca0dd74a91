-- All that was published of lineage had gone into the changes.
insert into work.changes_seen by name
select industry, max(number) as lineage_number
from published.lineage
group by industry;
