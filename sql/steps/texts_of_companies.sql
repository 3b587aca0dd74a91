-- Company and text of each review that has sentences, in a fixed order.
select company, body
from reviews
where
    industry = $industry
    and body is not null
    and review_id in (select review_id from sentences where industry = $industry)
order by review_id;
