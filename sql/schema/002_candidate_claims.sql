-- What companies promise on their own pages, as the spider `pages` found it.

create table candidate_claims (
    industry varchar not null,
    claim_id varchar not null,
    company varchar not null,
    source varchar not null,
    text varchar not null,
    url varchar not null,
    language varchar,
    first_seen timestamp not null,
    last_seen timestamp not null,
    primary key (industry, claim_id)
);
comment on table candidate_claims is 'Sentences on companies'' own pages that promise something, to be checked against what customers say; first_seen and last_seen are crawls, in UTC. A promise that was taken down has an earlier last_seen than its source''s others. Key: industry, claim_id.';
