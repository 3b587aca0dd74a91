create table published.opposites (
    industry varchar,
    belief_id varchar,
    sentence_id varchar,
    score double,
    rank integer
);

insert into published.opposites
with

praise as (

    select
        opposites.industry,
        opposites.belief_id,
        opposites.sentence_id,
        opposites.score,
        opposites.rank

    from work.opposites
    inner join work.sentences
        on opposites.industry = sentences.industry
        and opposites.sentence_id = sentences.sentence_id
    inner join work.reviews
        on sentences.industry = reviews.industry
        and sentences.review_id = reviews.review_id
    semi join work.themes
        on opposites.industry = themes.industry
        and opposites.belief_id = themes.theme_id
        and themes.status = 'active'
    semi join work.companies
        on reviews.industry = companies.industry
        and reviews.company = companies.company
    where opposites.opposite
    order by opposites.industry, opposites.belief_id, opposites.rank

)

select * from praise;

comment on table published.opposites is 'Sentences that praise the opposite of a belief: how it is solved where it is. Grain: one row per belief and sentence. Key: industry, belief_id, sentence_id.';
comment on column published.opposites.industry is 'Key of the industry.';
comment on column published.opposites.belief_id is 'The belief.';
comment on column published.opposites.sentence_id is 'The sentence that praises its opposite.';
comment on column published.opposites.score is 'How near the sentence is to the belief''s matter, times the probability that it says the opposite; from 0 to 1.';
comment on column published.opposites.rank is 'Place of the sentence among the belief''s opposites, surest first.';
