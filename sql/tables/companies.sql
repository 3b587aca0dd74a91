create table published.companies (
    industry varchar,
    company varchar,
    name varchar,
    ours boolean,
    in_field boolean
);

insert into published.companies
with

texts as (

    select
        industry,
        company,
        count(distinct coalesce(author, review_id)) as reviews

    from work.reviews
    semi join work.sentences
        on reviews.industry = sentences.industry
        and reviews.review_id = sentences.review_id
    where kind <> 'employee'
    group by industry, company

),

placed as (

    select
        companies.industry,
        companies.company,
        companies.name,
        companies.ours,
        coalesce(texts.reviews, 0) >= industries.field_min as in_field

    from work.companies
    inner join work.industries on companies.industry = industries.industry
    left join texts
        on companies.industry = texts.industry
        and companies.company = texts.company
    order by companies.industry, companies.company

)

select * from placed;

comment on table published.companies is 'The companies compared. Grain: one row per company of an industry. Key: industry, company.';
comment on column published.companies.industry is 'Key of the industry.';
comment on column published.companies.company is 'Key of the company, from the industry file.';
comment on column published.companies.name is 'Name of the company for people.';
comment on column published.companies.ours is 'Whether this is the user''s own company.';
comment on column published.companies.in_field is 'Whether the company has enough reviews with text to count towards the spread; duplicates and employees'' reviews do not count.';
