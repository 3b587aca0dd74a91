-- Who a theme is from run to run: what it is known by, what people decided, what became of it, how it moves.

create table epochs (
    industry varchar primary key,
    made varchar not null,
    sentences integer not null
);
comment on table epochs is 'The last full discovery of an industry: with which models and settings, over how many sentences. Key: industry.';

create table newcomers (
    industry varchar not null,
    sentence_id varchar not null,
    primary key (industry, sentence_id)
);
comment on table newcomers is 'Reasons that came after the last full discovery: themes are born of these until the next. Key: industry, sentence_id.';

create table models (
    industry varchar not null,
    name varchar not null,
    data blob not null,
    primary key (industry, name)
);
comment on table models is 'What was learnt at the last full discovery and reads new sentences since: heads, word counts, areas (.npz). Key: industry, name.';

create table theme_identity (
    industry varchar not null,
    theme_id varchar not null,
    name varchar,
    hidden boolean not null,
    pinned boolean not null,
    merged_into varchar,
    drift double,
    primary key (industry, theme_id)
);
comment on table theme_identity is 'What people decided about a theme, where it went, and how far it is from what it meant at birth. Key: industry, theme_id.';

create table theme_statements (
    industry varchar not null,
    theme_id varchar not null,
    place integer not null,
    sentence_id varchar not null,
    masked varchar not null,
    primary key (industry, theme_id, place)
);
comment on table theme_statements is 'The statements that a sentence must say to belong to a theme: its own first, then those of themes that were merged into it. Key: industry, theme_id, place.';

create table exemplars (
    industry varchar not null,
    theme_id varchar not null,
    sentence_id varchar not null,
    primary key (industry, theme_id, sentence_id)
);
comment on table exemplars is 'The sentences that said a theme best when it was born. Key: industry, theme_id, sentence_id.';

create table arrivals (
    industry varchar not null,
    theme_id varchar not null,
    sentence_id varchar not null,
    run_id varchar not null,
    primary key (industry, theme_id, sentence_id)
);
comment on table arrivals is 'In which run a sentence first said a theme. Key: industry, theme_id, sentence_id.';

create table lineage (
    industry varchar not null,
    number integer not null,
    place integer not null,
    run_id varchar not null,
    event varchar not null,
    theme_id varchar not null,
    other_id varchar,
    overlap double,
    who varchar,
    decided_at timestamp,
    note varchar,
    primary key (industry, number, place)
);
comment on table lineage is 'What became of themes; number counts the discoveries in which anything became of any. Key: industry, number, place.';

create table trends (
    industry varchar not null,
    theme_id varchar not null,
    company varchar not null,
    source varchar not null,
    month date not null,
    reviews integer not null,
    mentions integer not null,
    prevalence double not null,
    low double not null,
    high double not null,
    partial boolean not null,
    primary key (industry, theme_id, company, source, month)
);
comment on table trends is 'Prevalence by month, where there were any reviews. Key: industry, theme_id, company, source, month.';

create table movements (
    industry varchar not null,
    theme_id varchar not null,
    company varchar not null,
    before double not null,
    after double not null,
    difference double not null,
    low double not null,
    high double not null,
    p double not null,
    q double not null,
    trend varchar not null,
    primary key (industry, theme_id, company)
);
comment on table movements is 'The newest whole months of each theme against those before, like with like; company * is the industry. Key: industry, theme_id, company.';

create table changes (
    industry varchar not null,
    number integer not null,
    run_id varchar not null,
    theme_id varchar not null,
    company varchar not null,
    change varchar not null,
    before double,
    after double,
    significant boolean not null,
    note varchar,
    primary key (industry, number, theme_id, company, change)
);
comment on table changes is 'What each run changed; company * is the industry. Key: industry, number, theme_id, company, change.';

create table changes_seen (
    industry varchar primary key,
    lineage_number integer not null
);
comment on table changes_seen is 'Up to which number lineage has gone into the changes. Key: industry.';

create table movements_seen (
    industry varchar not null,
    theme_id varchar not null,
    company varchar not null,
    state varchar not null,
    primary key (industry, theme_id, company)
);
comment on table movements_seen is 'Which movements the changes told of last; a question mark means not significant. Key: industry, theme_id, company.';
