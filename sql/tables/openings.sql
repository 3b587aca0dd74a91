create table published.openings (
    industry varchar,
    company varchar,
    belief_id varchar,
    rank integer,
    mean_rank double,
    importance double,
    opportunity double,
    low double,
    high double,
    satisfaction double,
    best_rival varchar,
    best_rival_satisfaction double,
    lead double,
    lead_low double,
    lead_high double,
    headroom double,
    common varchar,
    unmet varchar,
    not_copied varchar,
    beyond_expected varchar,
    specific varchar,
    fits_values varchar,
    verdict varchar,
    because varchar
);

insert into published.openings
with

judged as (

    select
        -- ids
        openings.industry,
        openings.company,
        openings.belief_id,

        -- order
        openings.rank,
        openings.mean_rank,

        -- how much there is to win
        openings.importance,
        openings.opportunity,
        openings.low,
        openings.high,

        -- how it stands
        openings.satisfaction,
        openings.best_rival,
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

        -- in words
        openings.verdict,
        openings.because

    from work.openings
    semi join work.themes
        on openings.industry = themes.industry
        and openings.belief_id = themes.theme_id
        and themes.status = 'active'
    left join work.companies
        on openings.industry = companies.industry
        and openings.company = companies.company
    where
        openings.company is null
        or companies.company is not null
    order by openings.industry, openings.company nulls first, openings.rank

)

select * from judged;

comment on table published.openings is 'Beliefs judged as openings for one company, or for a new entrant. Grain: one row per company (null: a new entrant) and belief. Key: industry, company, belief_id.';
comment on column published.openings.industry is 'Key of the industry.';
comment on column published.openings.company is 'Key of the company for which it is judged; null for a new entrant.';
comment on column published.openings.belief_id is 'The belief.';
comment on column published.openings.rank is 'Place by mean rank over bootstrap samples, ties by the opportunity''s lower end; 1 is best.';
comment on column published.openings.mean_rank is 'Mean rank of the opportunity over bootstrap samples.';
comment on column published.openings.importance is 'Ten times the percentile, among the beliefs, of prevalence times star penalty, or of prevalence alone where there are no stars; from 0 to 10.';
comment on column published.openings.opportunity is 'importance + max(importance - 10 * satisfaction, 0), from 0 to 20.';
comment on column published.openings.low is 'Lower end of the opportunity''s 95% interval.';
comment on column published.openings.high is 'Upper end of the opportunity''s 95% interval.';
comment on column published.openings.satisfaction is 'Satisfaction with the matter at the company, for a new entrant the mean of the field, from 0 to 1; null where nobody speaks of it.';
comment on column published.openings.best_rival is 'The rival, of those with at least 30 customers who speak of it, whose satisfaction is highest for sure.';
comment on column published.openings.best_rival_satisfaction is 'That rival''s satisfaction, from 0 to 1.';
comment on column published.openings.lead is 'The company''s satisfaction less the best rival''s; null for a new entrant, or where too few speak of it.';
comment on column published.openings.lead_low is 'Lower end of the lead''s 95% interval: above 0, the company stands out.';
comment on column published.openings.lead_high is 'Upper end of the lead''s 95% interval.';
comment on column published.openings.headroom is 'How far satisfaction lies below the best possible, 1.';
comment on column published.openings.common is 'pass where the belief is common, else fail.';
comment on column published.openings.unmet is 'pass where no rival satisfies more than half of its customers for sure; unknown with fewer than two rivals of whom it can be told.';
comment on column published.openings.not_copied is 'pass where no rival is praised for the opposite above the floor and none claims it.';
comment on column published.openings.beyond_expected is 'pass where it is no table stake and praise of it goes with more stars, or the company is past its best rival.';
comment on column published.openings.specific is 'pass where customers name a quantity; unknown where none was looked for.';
comment on column published.openings.fits_values is 'pass where its opposite serves one of the user''s values or the purpose; unknown where none are given.';
comment on column published.openings.verdict is 'open, contested, table stake, copy, too vague or unproven.';
comment on column published.openings.because is 'What decided each gate.';
