-- Sentences of reviews that are gone, repeat another one or turned out to be in a language that is not mined.
delete from sentences
where
    industry = $industry
    and review_id not in (
        select review_id
        from reviews
        where
            industry = $industry
            and duplicate_of is null
            and ($language is null or coalesce(language, $language) = $language)
    );
