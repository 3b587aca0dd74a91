-- Copies of erased reviews are copies no more.
update reviews
set duplicate_of = null
where industry = $industry and duplicate_of in (select unnest($reviews))
