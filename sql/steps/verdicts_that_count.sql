-- How many sentences of each theme and stratum judges find to say it, and not to: the majority, where there is one.
with votes as (
    select
        theme_id,
        stratum,
        sentence_id,
        count(*) filter (where verdict = 'yes') as yes,
        count(*) filter (where verdict = 'no') as no
    from judgements
    where industry = $industry and counts
    group by all
)

select theme_id, stratum, yes > no as says, count(*) as times
from votes
where yes != no
group by all
order by all;
