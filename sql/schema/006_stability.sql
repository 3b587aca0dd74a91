-- Whether themes come back when other customers had written.

alter table theme_identity add column stability double;
comment on column theme_identity.stability is 'Mean best-match Jaccard over resamples of the reviews, 0 to 1, at the last discovery that looked for the theme; null where none has.';
