create table published.names (
    industry varchar,
    name varchar,
    company varchar,
    reviews integer,
    elsewhere integer
);

insert into published.names
with

names as (

    select
        industry,
        name,
        company,
        reviews,
        elsewhere

    from work.learnt_names
    order by industry, name

)

select * from names;

comment on table published.names is 'Words that only one company''s reviews use as a name (products, branches, people); they are masked before sentences are compared, unless never_mask in the industry file spares them. Grain: one row per name. Key: industry, name.';
comment on column published.names.industry is 'Key of the industry.';
comment on column published.names.name is 'The name, in small letters.';
comment on column published.names.company is 'Key of the company whose reviews use it.';
comment on column published.names.reviews is 'Reviews of that company that use it, when it was learnt last.';
comment on column published.names.elsewhere is 'Reviews of all other companies that use it.';
