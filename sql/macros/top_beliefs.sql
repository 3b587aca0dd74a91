create macro top_beliefs(industry, n := 10) as table
with

ranked as (

    select
        beliefs.theme_id,
        beliefs.statement,
        beliefs.area,
        beliefs.prevalence,
        beliefs.low,
        beliefs.high,
        beliefs.spread,
        beliefs.field,
        beliefs.common,
        beliefs.because

    from beliefs
    where beliefs.industry = industry
    order by beliefs.common desc, beliefs.prevalence desc nulls last, beliefs.theme_id
    limit n

)

select * from ranked;

comment on macro table top_beliefs is 'The beliefs of an industry that matter most: common ones first, then by prevalence. from top_beliefs(''pet-insurance'', n := 5)';
