-- What was mined from reviews that are not what they were: at the very last, that it was ever made.
delete from steps
where industry = $industry and step in ('read', 'discover')
