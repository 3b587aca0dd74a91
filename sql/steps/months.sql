-- How many months an industry's mined reviews span.
select date_diff('month', min(published_at), max(published_at)) + 1
from reviews
where industry = $industry and review_id in (select review_id from sentences where industry = $industry);
