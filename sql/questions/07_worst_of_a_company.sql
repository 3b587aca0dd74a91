-- What does one company do worse than every other company?
select themes.theme_id, themes.statement, prevalence.prevalence, prevalence.low, prevalence.high
from prevalence
join themes using (industry, theme_id)
where prevalence.industry = $industry and prevalence.source = '*' and themes.kind = 'belief'
qualify
    prevalence.company = $company
    and prevalence.prevalence = max(prevalence.prevalence) over (partition by prevalence.theme_id)
order by prevalence.prevalence desc, themes.theme_id;
