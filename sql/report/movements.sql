-- Where the newest months differ from those before, the field first, then the largest difference.
select *

from movements
where
    industry = $industry
    and trend in ('rising', 'fading')
order by theme_id, company <> '*', abs(difference) desc, company
