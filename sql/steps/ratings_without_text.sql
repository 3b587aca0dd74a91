-- Ratings that nobody wrote a word to: they are kept, and counted nowhere.
select
    count(*) filter (where coalesce(title, body) is null) as without_text,
    count(*) as reviews
from reviews
where industry = $industry
