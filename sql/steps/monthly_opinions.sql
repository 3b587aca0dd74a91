-- How many opinions each company has at each source and month: customers' reviews that were mined, an author once.
select
    company,
    source,
    date_trunc('month', published_at)::date as month,
    count(distinct coalesce(author, review_id)) as opinions,
    max(published_at) as newest
from reviews
where
    industry = $industry
    and kind != 'employee'
    and published_at is not null
    and review_id in (select review_id from sentences where industry = $industry)
group by all
order by all;
