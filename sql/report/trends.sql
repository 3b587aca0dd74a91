-- Each theme month by month over the field and the compared sources.
select *

from trends
where
    industry = $industry
    and company = '*'
    and source = '*'
order by theme_id, month
