-- The claims of an industry's companies, our own first.
select
    claims.company,
    companies.name,
    companies.ours,
    claims.claim,
    claims.theme_id,
    claims.verdict,
    claims.because,
    claims.reviews,
    claims.confirming,
    claims.contradicting,
    claims.satisfaction,
    claims.low,
    claims.high,
    claims.rivals,
    claims.origin,
    claims.url

from claims
inner join companies
    on claims.industry = companies.industry
    and claims.company = companies.company
where claims.industry = $industry
order by companies.ours desc, claims.company, claims.origin desc, claims.claim
