-- Is a belief heard more often than it used to be?
select month, mentions, reviews, prevalence, low, high, partial
from belief_trend($industry, $theme)
order by month;
