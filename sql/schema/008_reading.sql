-- Names that were learnt, and how well a run reads by its own estimate.

create table learnt_names (
    industry varchar not null,
    name varchar not null,
    company varchar not null,
    reviews integer not null,
    elsewhere integer not null,
    primary key (industry, name)
);
comment on table learnt_names is 'Words that only one company''s reviews use as a name; they are masked. A name that was learnt stays. Key: industry, name.';

create table estimates (
    industry varchar primary key,
    reviews integer not null,
    accuracy double not null,
    auc double not null,
    calibration_error double not null
);
comment on table estimates is 'How well the last full reading tells bad from good reviews that its stars had not taught it. Key: industry.';

alter table runs add column reading_reviews integer;
alter table runs add column reading_accuracy double;
alter table runs add column reading_auc double;
alter table runs add column reading_calibration_error double;
