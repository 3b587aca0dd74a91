create table published.industries (
    industry varchar,
    title varchar,
    floor double,
    field_min integer,
    made_up boolean,
    shared boolean,
    since timestamp,
    until timestamp
);

insert into published.industries
with

industries as (

    select
        industries.industry,
        industries.title,
        industries.floor,
        industries.field_min,
        industries.made_up,
        compared.shared,
        compared.since,
        compared.until

    from work.industries
    left join work.compared on industries.industry = compared.industry
    order by industries.industry

)

select * from industries;

comment on table published.industries is 'The industries of this file and the thresholds they were counted with. Grain: one row per industry. Key: industry.';
comment on column published.industries.industry is 'Key of the industry, from its industry file.';
comment on column published.industries.title is 'Name of the industry for people.';
comment on column published.industries.floor is 'Prevalence below which a complaint is noise, as a share from 0 to 1.';
comment on column published.industries.field_min is 'Reviews with text that a company needs to be in the field.';
comment on column published.industries.made_up is 'Whether the reviews are generated for demonstration, and nobody ever wrote them.';
comment on column published.industries.shared is 'Whether the companies of the field are compared over sources that all of them have; where they share none they are compared over all.';
comment on column published.industries.since is 'Beginning of the time over which companies are compared, UTC; null where all time counts, since one has too few reviews in the time that they share.';
comment on column published.industries.until is 'End of that time, UTC.';
