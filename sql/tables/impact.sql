create table published.impact (
    industry varchar,
    theme_id varchar,
    penalty double,
    penalty_low double,
    penalty_high double,
    reward double,
    reward_low double,
    reward_high double,
    kano varchar
);

insert into published.impact
with

measured as (

    select
        -- ids
        impact.industry,
        impact.theme_id,

        -- of complaining
        impact.penalty,
        impact.penalty_low,
        impact.penalty_high,

        -- of praising
        impact.reward,
        impact.reward_low,
        impact.reward_high,

        -- what kind of matter it is
        impact.kano

    from work.impact
    semi join work.themes
        on impact.industry = themes.industry
        and impact.theme_id = themes.theme_id
        and themes.status = 'active'
    order by impact.industry, impact.theme_id

)

select * from measured;

comment on table published.impact is 'What complaint and praise on the matter of a belief go with in stars, beside the effects of company and source and of what else is said. Association, not cause. Grain: one row per belief. Key: industry, theme_id.';
comment on column published.impact.industry is 'Key of the industry.';
comment on column published.impact.theme_id is 'The belief whose matter it is.';
comment on column published.impact.penalty is 'How much lower the stars are, on 0 to 1, of customers who complain of it; null where too few do or there are no stars.';
comment on column published.impact.penalty_low is 'Lower end of the penalty''s 95% interval.';
comment on column published.impact.penalty_high is 'Upper end of the penalty''s 95% interval.';
comment on column published.impact.reward is 'How much higher the stars are, on 0 to 1, of customers who praise its opposite; null where too few do or there are no stars.';
comment on column published.impact.reward_low is 'Lower end of the reward''s 95% interval.';
comment on column published.impact.reward_high is 'Upper end of the reward''s 95% interval.';
comment on column published.impact.kano is 'must-be, linear, delighter, indifferent, or unclear where the intervals do not tell.';
