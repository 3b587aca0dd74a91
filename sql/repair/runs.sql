insert into work.runs by name
select *
from published.runs;
