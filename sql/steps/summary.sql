-- What an industry holds now, in one row; reasons and matched are negative ones, common are beliefs.
-- Other languages are those that are not mined ($language null: all are).
with reasons as (
    select readings.sentence_id
    from areas
    join readings on readings.industry = areas.industry and readings.sentence_id = areas.sentence_id
    where areas.industry = $industry and readings.polarity = 'negative'
)

select
    (select count(*) from reviews where industry = $industry) as reviews,
    (select count(*) from sentences where industry = $industry) as sentences,
    (select count(*) from readings where industry = $industry and polarity = 'negative') as negatives,
    (select count(*) from reasons) as reasons,
    (
        select count(distinct theme_sentences.sentence_id)
        from theme_sentences
        join reasons on reasons.sentence_id = theme_sentences.sentence_id
        where theme_sentences.industry = $industry
    ) as matched,
    (select count(*) from themes where industry = $industry and kind = 'belief' and status = 'active') as beliefs,
    (select count(*) from themes where industry = $industry and kind = 'value' and status = 'active') as customer_values,
    (
        select count(*)
        from theme_counts
        join themes on themes.industry = theme_counts.industry and themes.theme_id = theme_counts.theme_id
        where theme_counts.industry = $industry and theme_counts.common and themes.kind = 'belief'
    ) as common,
    (
        select count(*)
        from reviews
        where industry = $industry and duplicate_of is null and language <> $language
    ) as other_languages;
