-- Masked texts without a vector of this encoder, in an order that depends on the texts alone.
select text_hash, min(masked) as masked
from sentences
where
    industry = $industry
    and text_hash not in (select text_hash from embeddings where encoder = $encoder)
group by text_hash
order by length(min(masked)) desc, text_hash;
