create view customer_values as
with

ready as (

    select all_themes.* exclude (kind)

    from all_themes
    where all_themes.kind = 'value'
    order by all_themes.industry, all_themes.common desc, all_themes.prevalence desc nulls last, all_themes.theme_id

)

select * from ready;

comment on view customer_values is 'What customers praise, common ones first, then by prevalence. Grain: one row per theme of kind value. Key: industry, theme_id.';
comment on column customer_values.industry is 'Key of the industry.';
comment on column customer_values.theme_id is 'Id of the theme, such as v7.';
comment on column customer_values.area is 'The matter that the theme is about, a group of themes.';
comment on column customer_values.statement is 'The verbatim sentence that speaks for the theme.';
comment on column customer_values.keywords is 'Words that set the theme apart from the others, most telling first.';
comment on column customer_values.prevalence is 'Share of the reviews with text in which the theme occurs, each company of the field weighing the same, from 0 to 1.';
comment on column customer_values.low is 'Lower end of the prevalence''s 95% interval.';
comment on column customer_values.high is 'Upper end of the prevalence''s 95% interval.';
comment on column customer_values.spread is 'Companies of the field at which the prevalence''s lower end clears the floor.';
comment on column customer_values.field is 'Companies of the industry with enough reviews with text.';
comment on column customer_values.common is 'Whether the theme recurs across the field.';
comment on column customer_values.because is 'What makes the theme common, or what is missing.';
comment on column customer_values.sentences is 'Sentences that say the theme.';
comment on column customer_values.reviews is 'Reviews with at least one sentence that says the theme.';
comment on column customer_values.companies is 'Companies with at least one such review.';
comment on column customer_values.first_seen is 'Date of the oldest review that says the theme, UTC; null without dates.';
comment on column customer_values.last_seen is 'Date of the newest review that says the theme, UTC; null without dates.';
comment on column customer_values.name is 'What people call the theme; null where nobody has named it.';
comment on column customer_values.trend is 'rising, fading or steady over the field; null where the data are too short.';
