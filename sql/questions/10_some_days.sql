-- How often was each belief heard at each company in some days?
select figures.theme_id, figures.company, figures.mentions, figures.reviews, figures.prevalence
from prevalence_within($industry, since := date '2020-01-01', until := date '2029-12-31') as figures
join themes on themes.industry = $industry and themes.theme_id = figures.theme_id
where themes.kind = 'belief'
order by figures.prevalence desc, figures.theme_id, figures.company
limit 20;
