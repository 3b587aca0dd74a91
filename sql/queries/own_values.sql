-- The values of the industry file with their verdicts, in its order.
select
    own_value,
    verdict,
    because,
    theme_id,
    prevalence,
    low,
    high,
    mentions,
    missed,
    missed_low,
    missed_high,
    missed_mentions

from own_values
where industry = $industry
order by position
