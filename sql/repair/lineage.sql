insert into work.lineage by name
select industry, number, place, run_id, event, theme_id, other_id, overlap, who, decided_at, note
from published.lineage;
