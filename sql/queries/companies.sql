-- The companies of an industry, by key.
select
    company,
    name,
    ours

from companies
where industry = $industry
order by company
