create table published.anchors (
    industry varchar,
    belief_id varchar,
    sentence_id varchar,
    role varchar,
    quantity double,
    unit varchar,
    measure varchar,
    phrase varchar,
    position integer
);

insert into published.anchors
with

kept_sentences as (

    select
        sentences.industry,
        sentences.sentence_id

    from work.sentences
    inner join work.reviews
        on sentences.industry = reviews.industry
        and sentences.review_id = reviews.review_id
    semi join work.companies
        on reviews.industry = companies.industry
        and reviews.company = companies.company

),

judged as (

    select
        anchors.industry,
        anchors.belief_id,
        anchors.sentence_id,
        anchors.role,
        anchors.quantity,
        anchors.unit,
        anchors.measure,
        anchors.phrase,
        anchors.position

    from work.anchors
    semi join kept_sentences
        on anchors.industry = kept_sentences.industry
        and anchors.sentence_id = kept_sentences.sentence_id
    order by anchors.industry, anchors.belief_id, anchors.sentence_id, anchors.position

)

select * from judged;

comment on table published.anchors is 'What can be measured in what people say about a belief: a time, a price, a count, a distance, a guarantee. Grain: one row per belief, sentence and place of the quantity in it. Key: industry, belief_id, sentence_id, position.';
comment on column published.anchors.industry is 'Key of the industry.';
comment on column published.anchors.belief_id is 'The belief that the sentence is about.';
comment on column published.anchors.sentence_id is 'The sentence.';
comment on column published.anchors.role is 'got (what happened to them), wanted (what they ask for) or promised (what they had been told).';
comment on column published.anchors.quantity is 'How much, in the unit; null for a guarantee without a number.';
comment on column published.anchors.unit is 'seconds, minutes, hours, days, weeks, months, years, a currency such as USD, percent, kilometres, miles, times, people, or guarantee.';
comment on column published.anchors.measure is 'time, price, count, distance, share or guarantee.';
comment on column published.anchors.phrase is 'The words that say it, verbatim.';
comment on column published.anchors.position is 'Where the words begin in the sentence, in characters from 0.';
