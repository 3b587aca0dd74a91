-- Which companies claim the opposite of a belief: their claim concerns the belief itself, or the value linked to it.
with concerned as (
    select belief_id, value_id as theme_id
    from value_links
    where industry = $industry
    union
    select theme_id as belief_id, theme_id
    from themes
    where industry = $industry and kind = 'belief'
)

select concerned.belief_id, list(distinct claims.company order by claims.company) as companies
from concerned
join claims on claims.industry = $industry and claims.theme_id = concerned.theme_id
group by concerned.belief_id
order by concerned.belief_id;
