-- What the file is and what time it covers.
select *

from meta
