-- From what each step but this one was last made.
select step, fingerprint
from steps
where industry = $industry and step != $step
order by step;
