-- What people judged of samples by hand, and what that says of each theme.

create table border (
    industry varchar not null,
    theme_id varchar not null,
    sentence_id varchar not null,
    similarity double not null,
    rank integer not null,
    primary key (industry, theme_id, sentence_id)
);
comment on table border is 'Reasons that do not say a theme and are nearest to its statement, of reviews in which nothing says it. Key: industry, theme_id, sentence_id.';

create table judgements (
    industry varchar not null,
    theme_id varchar not null,
    sentence_id varchar not null,
    judge varchar not null,
    stratum varchar not null,
    verdict varchar not null,
    judged_at timestamp not null,
    counts boolean not null,
    primary key (industry, theme_id, sentence_id, judge)
);
comment on table judgements is 'The newest judgement of each judge on each sentence, from the file of judgements; counts is false where the sentence is gone, changed or moved since. Key: industry, theme_id, sentence_id, judge.';

create table audits (
    industry varchar not null,
    theme_id varchar not null,
    judged integer not null,
    precision double not null,
    precision_low double not null,
    precision_high double not null,
    recall double,
    corrected_for varchar,
    primary key (industry, theme_id)
);
comment on table audits is 'What judgements say of each theme that was judged; recall is null where no sentence near the border was. Key: industry, theme_id.';
