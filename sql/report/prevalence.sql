-- Each theme at each company: over the compared sources (*) first, then source by source.
select
    theme_id,
    company,
    source,
    reviews,
    mentions,
    prevalence,
    low,
    high

from prevalence
where industry = $industry
order by theme_id, source <> '*', prevalence desc nulls last, company, source
