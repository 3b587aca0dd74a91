select theme_id, kind
from themes
where industry = $industry and status = 'active'
order by theme_id;
