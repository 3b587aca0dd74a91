-- Who says so? Sentences behind a belief, with company and date.
select text, company, published_at, stars, url
from evidence($industry, $theme, n := 10);
