-- The statement of every theme.
select
    theme_id,
    statement

from themes
where industry = $industry
order by theme_id
