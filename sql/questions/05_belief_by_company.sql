-- At which companies is a belief heard most?
select companies.name, prevalence.mentions, prevalence.reviews, prevalence.prevalence, prevalence.low, prevalence.high
from prevalence
join companies using (industry, company)
where prevalence.industry = $industry and prevalence.theme_id = $theme and prevalence.source = '*'
order by prevalence.prevalence desc, companies.name;
