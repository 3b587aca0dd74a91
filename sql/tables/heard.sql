create table published.heard (
    industry varchar,
    kind varchar,
    subject varchar,
    company varchar,
    sentence_id varchar,
    stance varchar,
    similarity double,
    rank integer
);

insert into published.heard
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
        heard.industry,
        heard.kind,
        heard.subject,
        heard.company,
        heard.sentence_id,
        heard.stance,
        heard.similarity,
        heard.rank

    from work.heard
    semi join kept_sentences
        on heard.industry = kept_sentences.industry
        and heard.sentence_id = kept_sentences.sentence_id
    order by heard.industry, heard.kind, heard.subject, heard.company, heard.stance, heard.rank

)

select * from judged;

comment on table published.heard is 'Which sentences speak for or against a guess, a value, the purpose, a claim or, said by employees, a belief. Grain: one row per subject, company and sentence. Key: industry, kind, subject, company, sentence_id.';
comment on column published.heard.industry is 'Key of the industry.';
comment on column published.heard.kind is 'What it is about: hunch, value, purpose, claim or frontline.';
comment on column published.heard.subject is 'The words of the hunch, value, purpose or claim; the theme id for frontline.';
comment on column published.heard.company is 'Key of the company that makes the claim; * for all other kinds.';
comment on column published.heard.sentence_id is 'The sentence.';
comment on column published.heard.stance is 'says (it says the same) or opposes (it says the opposite about the same matter).';
comment on column published.heard.similarity is 'How near the sentence is to the subject, up to 1.';
comment on column published.heard.rank is 'Place among the sentences of the same stance, best first, from 1.';
