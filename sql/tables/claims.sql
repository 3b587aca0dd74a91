create table published.claims (
    industry varchar,
    company varchar,
    claim varchar,
    theme_id varchar,
    reviews integer,
    confirming integer,
    contradicting integer,
    satisfaction double,
    low double,
    high double,
    verdict varchar,
    because varchar,
    rivals varchar[],
    origin varchar,
    url varchar
);

insert into published.claims
with

judged as (

    select
        claims.industry,
        claims.company,
        claims.claim,
        claims.theme_id,
        claims.reviews,
        claims.confirming,
        claims.contradicting,
        claims.satisfaction,
        claims.low,
        claims.high,
        claims.verdict,
        claims.because,
        claims.rivals,
        claims.origin,
        claims.url

    from work.claims
    semi join work.companies
        on claims.industry = companies.industry
        and claims.company = companies.company
    order by claims.industry, claims.company, claims.claim

)

select * from judged;

comment on table published.claims is 'What companies promise about themselves, held against what their own customers say. Grain: one row per company and claim. Key: industry, company, claim.';
comment on column published.claims.industry is 'Key of the industry.';
comment on column published.claims.company is 'Key of the company that makes the claim.';
comment on column published.claims.claim is 'The promise, verbatim.';
comment on column published.claims.theme_id is 'The theme that it concerns, of praise or of complaint; null where customers have none about it.';
comment on column published.claims.reviews is 'The company''s reviews with text over the compared sources, an author counting once.';
comment on column published.claims.confirming is 'Those of them that say it is kept.';
comment on column published.claims.contradicting is 'Those of them that complain about the very matter.';
comment on column published.claims.satisfaction is 'confirming by confirming and contradicting together, from 0 to 1; null where nobody talks about it.';
comment on column published.claims.low is 'Lower end of the 95% interval of satisfaction.';
comment on column published.claims.high is 'Upper end of the 95% interval of satisfaction.';
comment on column published.claims.verdict is 'confirmed, contradicted, disputed (customers are divided), unheard (hardly any customer talks about it) or claimed-by-all (every company says it, so it sets nobody apart).';
comment on column published.claims.because is 'What decided the verdict, in words.';
comment on column published.claims.rivals is 'Keys of the other companies that make the same claim.';
comment on column published.claims.origin is '''industry file'' or ''own pages'', where a crawl of the company''s pages found it.';
comment on column published.claims.url is 'The page that says it; null for claims of the industry file.';
