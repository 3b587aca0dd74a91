-- The vectors of an industry's masked texts.
select text_hash, vector
from embeddings
where encoder = $encoder and text_hash in (select text_hash from sentences where industry = $industry)
order by text_hash;
