-- The last movement of each theme that the changes told of, so that it is not told again.
insert into work.movements_seen by name
select
    industry,
    theme_id,
    company,
    if(arg_max(change, number) = 'risen', 'rising', 'fading') || if(arg_max(significant, number), '', '?') as state
from published.changes
where change in ('risen', 'fallen')
group by industry, theme_id, company;
