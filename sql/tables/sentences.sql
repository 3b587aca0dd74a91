create table published.sentences (
    industry varchar,
    sentence_id varchar,
    review_id varchar,
    company varchar,
    position integer,
    text varchar,
    polarity varchar,
    p_negative double,
    role varchar,
    wish boolean,
    area varchar
);

insert into published.sentences
with

companies_reviews as (

    select
        reviews.industry,
        reviews.review_id,
        reviews.company

    from work.reviews
    semi join work.companies
        on reviews.industry = companies.industry
        and reviews.company = companies.company

),

sentences as (

    select
        -- ids
        sentences.industry,
        sentences.sentence_id,
        sentences.review_id,
        companies_reviews.company,

        -- text
        sentences.position,
        sentences.text,

        -- reading
        readings.polarity,
        readings.p_negative,
        readings.role,
        readings.wish,
        areas.area

    from work.sentences
    inner join companies_reviews
        on sentences.industry = companies_reviews.industry
        and sentences.review_id = companies_reviews.review_id
    left join work.readings
        on sentences.industry = readings.industry
        and sentences.sentence_id = readings.sentence_id
    left join work.areas
        on sentences.industry = areas.industry
        and sentences.sentence_id = areas.sentence_id
    order by sentences.industry, sentences.sentence_id

)

select * from sentences;

comment on table published.sentences is 'The sentences and clauses of the mined reviews, and how each is read. Grain: one row per sentence. Key: industry, sentence_id.';
comment on column published.sentences.industry is 'Key of the industry.';
comment on column published.sentences.sentence_id is 'Id of the sentence.';
comment on column published.sentences.review_id is 'The review that the sentence stands in.';
comment on column published.sentences.company is 'Key of the company that the review is about.';
comment on column published.sentences.position is 'Place of the sentence in its review, from 0; below 0 in the title.';
comment on column published.sentences.text is 'The sentence, verbatim.';
comment on column published.sentences.polarity is 'negative, neutral or positive; a wish counts as negative.';
comment on column published.sentences.p_negative is 'Probability that the sentence is negative, from 0 to 1.';
comment on column published.sentences.role is 'reason (says what is good or bad), verdict (only that it is) or story (neither); only reasons are mined.';
comment on column published.sentences.wish is 'Whether the sentence says what the company should do.';
comment on column published.sentences.area is 'The area of a mined reason, whether a theme holds it or not; null for other sentences.';
