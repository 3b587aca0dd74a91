select number, place, run_id, event, theme_id, other_id, overlap, who, decided_at, note
from lineage
where industry = $industry
order by number, place;
