create view beliefs as
with

ready as (

    select all_themes.* exclude (kind)

    from all_themes
    where all_themes.kind = 'belief'
    order by all_themes.industry, all_themes.common desc, all_themes.prevalence desc nulls last, all_themes.theme_id

)

select * from ready;

comment on view beliefs is 'What customers complain about, common ones first, then by prevalence. Grain: one row per theme of kind belief. Key: industry, theme_id.';
comment on column beliefs.industry is 'Key of the industry.';
comment on column beliefs.theme_id is 'Id of the theme, such as b12.';
comment on column beliefs.area is 'The matter that the theme is about, a group of themes.';
comment on column beliefs.statement is 'The verbatim sentence that speaks for the theme.';
comment on column beliefs.keywords is 'Words that set the theme apart from the others, most telling first.';
comment on column beliefs.prevalence is 'Share of the reviews with text in which the theme occurs, each company of the field weighing the same, from 0 to 1.';
comment on column beliefs.low is 'Lower end of the prevalence''s 95% interval.';
comment on column beliefs.high is 'Upper end of the prevalence''s 95% interval.';
comment on column beliefs.spread is 'Companies of the field at which the prevalence''s lower end clears the floor.';
comment on column beliefs.field is 'Companies of the industry with enough reviews with text.';
comment on column beliefs.common is 'Whether the theme recurs across the field.';
comment on column beliefs.because is 'What makes the theme common, or what is missing.';
comment on column beliefs.sentences is 'Sentences that say the theme.';
comment on column beliefs.reviews is 'Reviews with at least one sentence that says the theme.';
comment on column beliefs.companies is 'Companies with at least one such review.';
comment on column beliefs.first_seen is 'Date of the oldest review that says the theme, UTC; null without dates.';
comment on column beliefs.last_seen is 'Date of the newest review that says the theme, UTC; null without dates.';
comment on column beliefs.name is 'What people call the theme; null where nobody has named it.';
comment on column beliefs.trend is 'rising, fading or steady over the field; null where the data are too short.';
