-- What each source gave, and when it was written.
select
    source,
    count(distinct company) as companies,
    count(*) as reviews,
    count(*) filter (where body is not null) as with_text,
    count(*) filter (where stars is not null) as with_stars,
    count(*) filter (where duplicate_of is not null) as duplicates,
    min(published_at) as since,
    max(published_at) as until

from reviews
where industry = $industry
group by source
order by reviews desc, source
