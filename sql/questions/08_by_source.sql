-- Do the sources agree about a belief?
select source, sum(mentions) as mentions, sum(reviews) as reviews, sum(mentions) / sum(reviews) as share
from prevalence
where industry = $industry and theme_id = $theme and source != '*'
group by source
order by share desc, source;
