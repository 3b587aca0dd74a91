-- The common beliefs that no guess names, most prevalent first.
select themes.theme_id

from blind_spots
inner join themes
    on blind_spots.industry = themes.industry
    and blind_spots.theme_id = themes.theme_id
where blind_spots.industry = $industry
order by themes.prevalence desc nulls last, themes.theme_id
