-- Reviews with text, in the language that is mined ($language null: all), that repeat no other and have no sentences yet.
select review_id, kind, title, body
from reviews
where
    industry = $industry
    and duplicate_of is null
    and ($language is null or coalesce(language, $language) = $language)
    and coalesce(title, body) is not null
    and review_id not in (select review_id from sentences where industry = $industry)
order by review_id;
