-- The beginnings of what was rejected at the places of reviews that are erased.
delete from rejects
where
    industry = $industry
    and exists (
        select 1 from reviews
        where
            reviews.industry = $industry
            and reviews.review_id in (select unnest($reviews))
            and reviews.source = rejects.source
            and (rejects.locator = reviews.locator or starts_with(rejects.locator, reviews.locator || ' ('))
    )
