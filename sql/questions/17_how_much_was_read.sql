-- How much was read of each company, from where and of when?
select company, source, count(*) as reviews, count(*) filter (where duplicate_of is not null) as duplicates,
    min(published_at) as first, max(published_at) as last
from reviews
where industry = $industry
group by company, source
order by company, source;
