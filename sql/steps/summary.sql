-- What an industry holds now, in one row.
select
    (select count(*) from reviews where industry = $industry) as reviews,
    (select count(*) from sentences where industry = $industry) as sentences,
    (select count(*) from readings where industry = $industry and polarity = 'negative') as negatives,
    (select count(*) from areas where industry = $industry) as reasons,
    (select count(distinct sentence_id) from theme_sentences where industry = $industry) as matched,
    (select count(*) from themes where industry = $industry and status = 'active') as themes,
    (select count(*) from theme_counts where industry = $industry and common) as common;
