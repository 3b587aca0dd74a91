create macro belief_trend(industry, theme_id) as table
with

months as (

    select
        trends.month,
        trends.reviews,
        trends.mentions,
        trends.prevalence,
        trends.low,
        trends.high,
        trends.partial

    from trends
    where
        trends.industry = industry
        and trends.theme_id = theme_id
        and trends.company = '*'
        and trends.source = '*'
    order by trends.month

)

select * from months;

comment on macro table belief_trend is 'A theme month by month over the field: belief_trend(''pet-insurance'', ''b1'').';
