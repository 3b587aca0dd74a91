-- Reviews that are erased; what was made of them goes before.
delete from reviews
where industry = $industry and review_id in (select unnest($reviews))
