insert into work.runs by name
select
    run_id, industry, started_at, finished_at, status, reviews, sentences, encoder, settings_hash, table_hash, figures
from published.runs;
