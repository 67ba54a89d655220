-- Other programmes of the company, as a summary that somebody brought in: a dimension's mean or a measure's value by year.
create table benchmarking.programme_summaries (
    summary_id bigint primary key,
    programme varchar not null,
    year integer not null,
    measure varchar not null,                      -- a dimension of the instrument, overall, core, or a measure's id
    value double not null,                         -- points of 100 for scores, else in the measure's own unit
    sample_size integer,                           -- raters, accounts …; null: not given
    source varchar not null,
    imported_by varchar not null,
    imported_at timestamp not null
);
