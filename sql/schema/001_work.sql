-- The work database: private to the pipeline, one writer at a time.

comment on table migrations is 'The files of sql/schema that have run, in order. Key: version.';

create table industries (
    industry varchar primary key,
    title varchar not null,
    floor double not null,
    field_min integer not null,
    made_up boolean not null
);
comment on table industries is 'One row per industry that was ever run in this workspace. Key: industry.';

create table companies (
    industry varchar not null,
    company varchar not null,
    name varchar not null,
    ours boolean not null,
    primary key (industry, company)
);
comment on table companies is 'The companies of the industry file as of the last run. Key: industry, company.';

create table landed (
    industry varchar not null,
    source varchar not null,
    locator varchar not null,
    fingerprint varchar not null,
    primary key (industry, source, locator)
);
comment on table landed is 'Landing files already loaded, with the hash of their bytes and of the settings that read them. Key: industry, source, locator.';

create table reviews (
    industry varchar not null,
    review_id varchar not null,
    content_hash varchar not null,
    native_id varchar,
    company varchar not null,
    source varchar not null,
    locator varchar not null,
    kind varchar not null,
    rating double,
    scale double,
    stars double,
    title varchar,
    body varchar,
    reply varchar,
    author varchar,
    language varchar,
    published_at timestamp,
    url varchar,
    duplicate_of varchar,
    primary key (industry, review_id)
);
comment on table reviews is 'One person''s text about one company, verbatim; author is a salted hash. Key: industry, review_id.';

create table rejects (
    industry varchar not null,
    source varchar not null,
    locator varchar not null,
    reason varchar not null,
    excerpt varchar not null,
    run_id varchar not null,
    primary key (industry, source, locator, reason)
);
comment on table rejects is 'Records that could not be used, and why. Key: industry, source, locator, reason.';

create table sentences (
    industry varchar not null,
    sentence_id varchar not null,
    review_id varchar not null,
    position integer not null,
    start_at integer not null,
    end_at integer not null,
    text varchar not null,
    masked varchar not null,
    text_hash varchar not null,
    primary key (industry, sentence_id)
);
comment on table sentences is 'Sentences of mined reviews; start_at and end_at are character offsets in the title (position below 0) or body. Key: industry, sentence_id.';

create table embeddings (
    encoder varchar not null,
    text_hash varchar not null,
    vector float[] not null,
    primary key (encoder, text_hash)
);
comment on table embeddings is 'Unit vectors of masked texts, so that no text is ever embedded twice. Key: encoder, text_hash.';

create table readings (
    industry varchar not null,
    sentence_id varchar not null,
    polarity varchar not null,
    p_negative double not null,
    role varchar not null,
    p_reason double not null,
    wish boolean not null,
    primary key (industry, sentence_id)
);
comment on table readings is 'How each sentence is read: polarity, role, wish. Key: industry, sentence_id.';

create table areas (
    industry varchar not null,
    sentence_id varchar not null,
    area varchar not null,
    primary key (industry, sentence_id)
);
comment on table areas is 'The area of each mined reason, matched to a theme or not. Key: industry, sentence_id.';

create table themes (
    industry varchar not null,
    theme_id varchar not null,
    kind varchar not null,
    area varchar not null,
    statement varchar,
    statement_sentence_id varchar,
    keywords varchar[] not null,
    status varchar not null,
    primary key (industry, theme_id)
);
comment on table themes is 'Themes ever found, with retired ones, so that an id is never reused. Key: industry, theme_id.';

create table theme_sentences (
    industry varchar not null,
    theme_id varchar not null,
    sentence_id varchar not null,
    similarity double not null,
    rank integer not null,
    primary key (industry, theme_id, sentence_id)
);
comment on table theme_sentences is 'Which sentences say which theme, best first. Key: industry, theme_id, sentence_id.';

create table prevalence (
    industry varchar not null,
    theme_id varchar not null,
    company varchar not null,
    source varchar not null,
    reviews integer not null,
    mentions integer not null,
    prevalence double not null,
    low double not null,
    high double not null,
    primary key (industry, theme_id, company, source)
);
comment on table prevalence is 'Share of a company''s reviews with text in which a theme occurs. Key: industry, theme_id, company, source; source * is the figure over the shared sources.';

create table theme_counts (
    industry varchar not null,
    theme_id varchar not null,
    sentences integer not null,
    reviews integer not null,
    companies integer not null,
    prevalence double,
    low double,
    high double,
    prevalence_volume double,
    spread integer not null,
    months integer not null,
    common boolean not null,
    because varchar not null,
    first_seen timestamp,
    last_seen timestamp,
    primary key (industry, theme_id)
);
comment on table theme_counts is 'What counting says of each theme. Key: industry, theme_id.';

create table steps (
    industry varchar not null,
    step varchar not null,
    fingerprint varchar not null,
    primary key (industry, step)
);
comment on table steps is 'The input from which each step''s result was last made; the same input is not worked on again. Key: industry, step.';

create table runs (
    run_id varchar primary key,
    industry varchar not null,
    started_at timestamp not null,
    finished_at timestamp,
    status varchar not null,
    reviews integer,
    sentences integer,
    encoder varchar,
    settings_hash varchar,
    table_hash varchar,
    figures varchar
);
comment on table runs is 'One row per run: running, finished, partial, held, failed or killed. Key: run_id.';
