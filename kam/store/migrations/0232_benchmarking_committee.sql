-- The committee's way through a round: what it looked at and said, step by step; each step is entered once.
create table benchmarking.round_phases (
    round_id bigint not null,
    phase varchar not null check (phase in ('rated', 'compared', 'decided')),
    present varchar not null default '',           -- who was in the room
    minutes varchar not null,
    entered_on date not null,
    entered_by varchar not null,
    entered_at timestamp not null,
    primary key (round_id, phase)
);
