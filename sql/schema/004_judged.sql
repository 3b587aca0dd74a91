-- What counting and judging say beyond themes: over what companies are compared, and openings with their parts.

create table compared (
    industry varchar primary key,
    sources varchar[] not null,
    shared boolean not null,
    since timestamp,
    until timestamp
);
comment on table compared is 'Over which sources and time the companies of an industry are compared; since and until are null where the whole time counts. Key: industry.';

alter table prevalence add column shrunk double;
alter table prevalence add column shrunk_low double;
alter table prevalence add column shrunk_high double;

create table opposites (
    industry varchar not null,
    belief_id varchar not null,
    sentence_id varchar not null,
    score double not null,
    opposite boolean not null,
    rank integer not null,
    primary key (industry, belief_id, sentence_id)
);
comment on table opposites is 'Sentences on the matter of a belief: praise that is its opposite, or (opposite = false) complaints beside those that say the belief. Key: industry, belief_id, sentence_id.';

create table value_links (
    industry varchar not null,
    belief_id varchar not null,
    value_id varchar not null,
    similarity double not null,
    primary key (industry, belief_id)
);
comment on table value_links is 'The value that is the opposite of a belief. Key: industry, belief_id.';

create table links (
    industry varchar not null,
    belief_id varchar not null,
    company varchar not null,
    value_id varchar,
    similarity double not null,
    reviews integer not null,
    positive integer not null,
    negative integer not null,
    satisfaction double,
    low double,
    high double,
    primary key (industry, belief_id, company)
);
comment on table links is 'How satisfied a company''s customers are on the matter of a belief. Key: industry, belief_id, company.';

create table impact (
    industry varchar not null,
    theme_id varchar not null,
    reviews integer not null,
    penalty double,
    penalty_low double,
    penalty_high double,
    reward double,
    reward_low double,
    reward_high double,
    kano varchar not null,
    primary key (industry, theme_id)
);
comment on table impact is 'What mentions of a matter go with in stars. Key: industry, theme_id.';

create table openings (
    industry varchar not null,
    company varchar,
    belief_id varchar not null,
    rank integer not null,
    mean_rank double not null,
    importance double not null,
    opportunity double not null,
    low double not null,
    high double not null,
    satisfaction double,
    best_rival varchar,
    best_rival_satisfaction double,
    lead double,
    lead_low double,
    lead_high double,
    headroom double,
    common varchar not null,
    unmet varchar not null,
    not_copied varchar not null,
    beyond_expected varchar not null,
    specific varchar not null,
    fits_values varchar not null,
    verdict varchar not null,
    because varchar not null
);
comment on table openings is 'Beliefs as openings for one company, or (company null) for a new entrant. Key: industry, company, belief_id.';

create table if not exists anchors (
    industry varchar not null,
    belief_id varchar not null,
    sentence_id varchar not null,
    role varchar not null,
    quantity double,
    unit varchar not null,
    measure varchar not null,
    phrase varchar not null,
    position integer not null,
    primary key (industry, belief_id, sentence_id, position)
);
comment on table anchors is 'What can be measured in what people say about a belief: a time, a price, a count, a distance, a guarantee. Key: industry, belief_id, sentence_id, position.';

create table if not exists claims (
    industry varchar not null,
    company varchar not null,
    claim varchar not null,
    origin varchar not null,
    url varchar,
    theme_id varchar,
    reviews integer not null,
    confirming integer not null,
    contradicting integer not null,
    satisfaction double,
    low double,
    high double,
    rivals varchar[] not null,
    verdict varchar not null,
    because varchar not null,
    primary key (industry, company, claim)
);
comment on table claims is 'What companies promise, held against what their own customers say. Key: industry, company, claim.';
