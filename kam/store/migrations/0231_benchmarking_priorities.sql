-- Where the lines of the importance-performance picture lie; never edited, the latest choice up to a day counts.
create table benchmarking.crosshairs (
    choice_id bigint primary key,
    crosshair varchar not null check (crosshair in ('means', 'medians', 'midpoint')),
    reason varchar not null,
    chosen_on date not null,
    chosen_by varchar not null,
    chosen_at timestamp not null
);
