-- The guesses of the industry file with their verdicts, in its order.
select
    hunch,
    verdict,
    because,
    theme_id,
    prevalence,
    low,
    high,
    mentions,
    spread,
    praised,
    praised_low,
    praised_high,
    praised_mentions

from hunches
where industry = $industry
order by position
