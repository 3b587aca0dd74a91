-- The columns of a table or view, or of all, and what each holds.
select table_name, column_name, lower(data_type) as data_type, comment

from duckdb_columns()
where
    database_name = $database
    and ($name is null or table_name = $name)
order by table_name, column_index
