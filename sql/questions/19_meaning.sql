-- What does a column mean?
select table_name, column_name, data_type, comment
from duckdb_columns()
where not internal and column_name = 'prevalence'
order by table_name;
