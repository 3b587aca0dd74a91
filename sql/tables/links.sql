create table published.links (
    industry varchar,
    belief_id varchar,
    value_id varchar,
    similarity double,
    company varchar,
    reviews integer,
    positive integer,
    negative integer,
    satisfaction double,
    low double,
    high double
);

insert into published.links
with

measured as (

    select
        -- ids
        links.industry,
        links.belief_id,
        links.value_id,
        links.similarity,
        links.company,

        -- counts
        links.reviews,
        links.positive,
        links.negative,

        -- shares
        links.satisfaction,
        links.low,
        links.high

    from work.links
    semi join work.themes
        on links.industry = themes.industry
        and links.belief_id = themes.theme_id
        and themes.status = 'active'
    semi join work.companies
        on links.industry = companies.industry
        and links.company = companies.company
    order by links.industry, links.belief_id, links.company

)

select * from measured;

comment on table published.links is 'How satisfied each company''s customers are on the matter of a belief, and the value that is its opposite: who already breaks the belief. Grain: one row per belief and company. Key: industry, belief_id, company.';
comment on column published.links.industry is 'Key of the industry.';
comment on column published.links.belief_id is 'The belief.';
comment on column published.links.value_id is 'The value that praises the belief''s opposite; null where no value does, though single sentences may (table opposites).';
comment on column published.links.similarity is 'How much the value is the belief''s opposite, seen both ways, from 0 to 1; 0 without a value.';
comment on column published.links.company is 'Key of the company.';
comment on column published.links.reviews is 'The company''s reviews with text over the compared sources and time, an author counting once.';
comment on column published.links.positive is 'Those of them that praise the opposite of the belief.';
comment on column published.links.negative is 'Those of them that complain on its matter.';
comment on column published.links.satisfaction is 'positive by positive and negative together, from 0 to 1; null where nobody speaks of the matter.';
comment on column published.links.low is 'Lower end of satisfaction''s 95% interval.';
comment on column published.links.high is 'Upper end of satisfaction''s 95% interval.';
