-- Beliefs as openings for a company (null: a new entrant), best first; with a verdict, only those.
with

judged as (

    select
        -- ids
        openings.rank,
        openings.belief_id,
        themes.statement,
        themes.area,

        -- how common, how painful
        themes.prevalence,
        themes.low as prevalence_low,
        themes.high as prevalence_high,
        impact.penalty,
        impact.reward,
        impact.kano,

        -- how much there is to win
        openings.importance,
        openings.opportunity,
        openings.low,
        openings.high,

        -- how it stands
        openings.satisfaction,
        coalesce(companies.name, openings.best_rival) as best_rival,
        openings.best_rival_satisfaction,
        openings.lead,
        openings.lead_low,
        openings.lead_high,
        openings.headroom,

        -- gates
        openings.common,
        openings.unmet,
        openings.not_copied,
        openings.beyond_expected,
        openings.specific,
        openings.fits_values,
        openings.verdict,
        openings.because

    from openings
    inner join themes
        on openings.industry = themes.industry
        and openings.belief_id = themes.theme_id
    left join impact
        on openings.industry = impact.industry
        and openings.belief_id = impact.theme_id
    left join companies
        on openings.industry = companies.industry
        and openings.best_rival = companies.company
    where
        openings.industry = $industry
        and openings.company is not distinct from $company
        and (openings.common = 'pass' or not $common_only)
    order by openings.rank
    limit $limit

)

select * from judged
