-- Sources whose ratings are all the same: they say nothing about what is good or bad.
select source, min(rating) as rating, count(stars) as ratings
from reviews
where industry = $industry
group by source
having count(stars) >= 20 and min(stars) = max(stars)
order by source
