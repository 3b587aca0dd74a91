-- The sentences that speak best for and against each subject of a kind.
select
    heard.subject,
    heard.company as of_company,
    heard.stance,
    sentences.text,
    companies.name as company,
    reviews.published_at

from heard
inner join sentences
    on heard.industry = sentences.industry
    and heard.sentence_id = sentences.sentence_id
inner join reviews
    on sentences.industry = reviews.industry
    and sentences.review_id = reviews.review_id
inner join companies
    on reviews.industry = companies.industry
    and reviews.company = companies.company
where
    heard.industry = $industry
    and heard.kind = $kind
qualify row_number() over (
    partition by heard.subject, heard.company, heard.stance
    order by length(sentences.text) between 20 and 200 desc, heard.rank
) <= $limit
order by heard.subject, heard.company, heard.stance, heard.rank
