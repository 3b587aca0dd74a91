create table published.blind_spots (
    industry varchar,
    theme_id varchar
);

insert into published.blind_spots
with

judged as (

    select
        blind_spots.industry,
        blind_spots.theme_id

    from work.blind_spots
    order by blind_spots.industry, blind_spots.theme_id

)

select * from judged;

comment on table published.blind_spots is 'Common beliefs that no guess of the industry file names. Grain: one row per belief. Key: industry, theme_id.';
comment on column published.blind_spots.industry is 'Key of the industry.';
comment on column published.blind_spots.theme_id is 'The common belief that nobody listed.';
