-- Sources with ratings that nobody wrote a word to: they are kept, and counted nowhere.
select
    source,
    count(*) filter (where coalesce(title, body) is null) as without_text,
    count(*) as reviews
from reviews
where industry = $industry
group by source
having without_text > 0
order by source
