-- How many sentences each theme gained in runs after a time; where none is given, in the newest run that brought any.
with

gained as (

    select
        theme_sentences.theme_id,
        theme_sentences.sentence_id,
        runs.started_at,
        max(runs.started_at) over () as newest

    from theme_sentences
    inner join runs on theme_sentences.run_id = runs.run_id
    where theme_sentences.industry = $industry

),

counted as (

    select
        gained.theme_id,
        coalesce(any_value(themes.name), any_value(themes.statement)) as statement,
        count(*) as sentences

    from gained
    inner join themes on gained.theme_id = themes.theme_id
    where
        themes.industry = $industry
        and if($since is null, gained.started_at = gained.newest, gained.started_at > $since::timestamp)
    group by gained.theme_id
    order by sentences desc, gained.theme_id
    limit $limit

)

select * from counted
