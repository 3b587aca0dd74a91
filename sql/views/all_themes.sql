create view all_themes as
with

field as (

    select
        companies.industry,
        count(*) as field

    from companies
    where companies.in_field
    group by companies.industry

),

ready as (

    select
        -- ids
        themes.industry,
        themes.theme_id,
        themes.kind,

        -- what it says
        themes.area,
        themes.statement,
        themes.keywords,

        -- how often
        themes.prevalence,
        themes.low,
        themes.high,
        themes.spread,
        coalesce(field.field, 0) as field,
        themes.common,
        themes.because,
        themes.sentences,
        themes.reviews,
        themes.companies,

        -- when
        themes.first_seen,
        themes.last_seen,

        -- what people call it, and how it moves
        themes.name,
        themes.trend

    from themes
    left join field on themes.industry = field.industry

)

select * from ready;

comment on view all_themes is 'Themes of both kinds with the size of their field, ready to read. Grain: one row per theme. Key: industry, theme_id.';
comment on column all_themes.industry is 'Key of the industry.';
comment on column all_themes.theme_id is 'Id of the theme, such as b12 or v7.';
comment on column all_themes.kind is 'belief (a complaint) or value (praise).';
comment on column all_themes.area is 'The matter that the theme is about, a group of themes.';
comment on column all_themes.statement is 'The verbatim sentence that speaks for the theme.';
comment on column all_themes.keywords is 'Words that set the theme apart from the others, most telling first.';
comment on column all_themes.prevalence is 'Share of the reviews with text in which the theme occurs, each company of the field weighing the same, from 0 to 1.';
comment on column all_themes.low is 'Lower end of the prevalence''s 95% interval.';
comment on column all_themes.high is 'Upper end of the prevalence''s 95% interval.';
comment on column all_themes.spread is 'Companies of the field at which the prevalence''s lower end clears the floor.';
comment on column all_themes.field is 'Companies of the industry with enough reviews with text.';
comment on column all_themes.common is 'Whether the theme recurs across the field.';
comment on column all_themes.because is 'What makes the theme common, or what is missing.';
comment on column all_themes.sentences is 'Sentences that say the theme.';
comment on column all_themes.reviews is 'Reviews with at least one sentence that says the theme.';
comment on column all_themes.companies is 'Companies with at least one such review.';
comment on column all_themes.first_seen is 'Date of the oldest review that says the theme, UTC; null without dates.';
comment on column all_themes.last_seen is 'Date of the newest review that says the theme, UTC; null without dates.';
comment on column all_themes.name is 'What people call the theme; null where nobody has named it.';
comment on column all_themes.trend is 'rising, fading or steady over the field; null where the data are too short.';
