-- Sources of complaints, such as an agency's, which are never set beside reviews.
select distinct source
from reviews
where industry = $industry and kind = 'complaint'
order by source;
