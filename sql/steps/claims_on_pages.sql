-- What companies promise on their own pages, as of each source's last crawl.
with newest as (
    select industry, source, company, max(last_seen) as last_seen
    from candidate_claims
    group by all
)

select candidate_claims.company, candidate_claims.text, candidate_claims.url
from candidate_claims
join newest using (industry, source, company, last_seen)
where candidate_claims.industry = $industry
order by candidate_claims.company, candidate_claims.text;
