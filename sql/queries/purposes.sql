-- The purpose of the industry file and the candidates for one.
select
    purpose,
    origin,
    rank,
    verdict,
    because,
    theme_id,
    prevalence,
    low,
    high,
    mentions,
    heard_at,
    broken_by

from purposes
where industry = $industry
order by rank
