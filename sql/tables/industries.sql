create table published.industries (
    industry varchar,
    title varchar,
    floor double,
    field_min integer,
    made_up boolean
);

insert into published.industries
with

industries as (

    select
        industry,
        title,
        floor,
        field_min,
        made_up

    from work.industries
    order by industry

)

select * from industries;

comment on table published.industries is 'The industries of this file and the thresholds they were counted with. Grain: one row per industry. Key: industry.';
comment on column published.industries.industry is 'Key of the industry, from its industry file.';
comment on column published.industries.title is 'Name of the industry for people.';
comment on column published.industries.floor is 'Prevalence below which a complaint is noise, as a share from 0 to 1.';
comment on column published.industries.field_min is 'Reviews with text that a company needs to be in the field.';
comment on column published.industries.made_up is 'Whether the reviews are generated for demonstration, and nobody ever wrote them.';
