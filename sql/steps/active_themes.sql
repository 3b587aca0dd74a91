select theme_id
from themes
where industry = $industry and status = 'active'
order by theme_id;
