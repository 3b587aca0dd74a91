-- What customers say to the words of the industry file: guesses, values, purpose, claims; and what employees say.

create table if not exists hunches (
    industry varchar not null,
    hunch varchar not null,
    position integer not null,
    theme_id varchar,
    verdict varchar not null,
    mentions integer not null,
    prevalence double,
    low double,
    high double,
    spread integer not null,
    praised_mentions integer not null,
    praised double,
    praised_low double,
    praised_high double,
    because varchar not null,
    primary key (industry, hunch)
);
comment on table hunches is 'The guesses of the industry file, held against what customers say. Key: industry, hunch.';

create table if not exists blind_spots (
    industry varchar not null,
    theme_id varchar not null,
    primary key (industry, theme_id)
);
comment on table blind_spots is 'Common beliefs that no guess of the industry file names. Key: industry, theme_id.';

create table if not exists own_values (
    industry varchar not null,
    own_value varchar not null,
    position integer not null,
    theme_id varchar,
    verdict varchar not null,
    mentions integer not null,
    prevalence double,
    low double,
    high double,
    missed_mentions integer not null,
    missed double,
    missed_low double,
    missed_high double,
    because varchar not null,
    primary key (industry, own_value)
);
comment on table own_values is 'What the user''s company says it values, held against what customers praise. Key: industry, own_value.';

create table if not exists purposes (
    industry varchar not null,
    purpose varchar not null,
    origin varchar not null,
    rank integer not null,
    theme_id varchar,
    verdict varchar not null,
    mentions integer not null,
    prevalence double,
    low double,
    high double,
    heard_at varchar[] not null,
    broken_by varchar[] not null,
    because varchar not null,
    primary key (industry, purpose)
);
comment on table purposes is 'The purpose of the industry file, and candidates for one: praise that names an outcome. Key: industry, purpose.';

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

create table if not exists frontline (
    industry varchar not null,
    theme_id varchar not null,
    reviews integer not null,
    mentions integer not null,
    prevalence double,
    low double,
    high double,
    dissenting integer not null,
    dissent double,
    dissent_low double,
    dissent_high double,
    customers double,
    verdict varchar not null,
    because varchar not null,
    primary key (industry, theme_id)
);
comment on table frontline is 'What employees say about the beliefs of customers. Key: industry, theme_id.';

create table if not exists heard (
    industry varchar not null,
    kind varchar not null,
    subject varchar not null,
    company varchar not null,
    sentence_id varchar not null,
    stance varchar not null,
    similarity double not null,
    rank integer not null,
    primary key (industry, kind, subject, company, sentence_id)
);
comment on table heard is 'Which sentences speak for or against a hunch, a value, the purpose, a claim or, from employees, a belief; company * is all of them. Key: industry, kind, subject, company, sentence_id.';
