-- The sentences that may be judged for a theme, with their texts.
select
    drawn_from.stratum,
    drawn_from.sentence_id,
    sentences.text

from (
    select 'match' as stratum, theme_sentences.sentence_id
    from theme_sentences
    where
        theme_sentences.industry = $industry
        and theme_sentences.theme_id = $theme_id
    union all
    select 'border' as stratum, border.sentence_id
    from border
    where
        border.industry = $industry
        and border.theme_id = $theme_id
) as drawn_from
inner join sentences
    on drawn_from.sentence_id = sentences.sentence_id
    and sentences.industry = $industry
