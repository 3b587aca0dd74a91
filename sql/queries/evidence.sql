-- The sentences that say a theme best, one per review, in the macro's order.
select
    said.text,
    said.company,
    said.source,
    said.stars,
    said.published_at,
    said.url,
    said.sentence_id,
    said.review_id

from evidence(
    $industry,
    $theme_id,
    n := $limit,
    company := $company,
    since := $since,
    until := $until,
    source := $source,
    language := $language
) as said
