-- Every theme, common ones first, then by prevalence.
select *

from themes
where industry = $industry
order by kind, common desc nulls last, prevalence desc nulls last, length(theme_id), theme_id
