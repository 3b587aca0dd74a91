-- Every table, view and macro, and what each holds.
with

named as (

    select table_name as name, comment
    from duckdb_tables()
    where database_name = $database

    union all

    select view_name as name, comment
    from duckdb_views()
    where database_name = $database and not internal

    union all

    select function_name || '(' || array_to_string(parameters, ', ') || ')' as name, comment
    from duckdb_functions()
    where database_name = $database and not internal

)

select name, comment from named order by name
