-- Practices seen inside and outside, what the committee made of them, and what came of it. Nothing is edited.
create table benchmarking.practices (
    practice_id bigint primary key,
    practice varchar not null,                     -- in a line
    kind varchar not null check (kind in ('inside', 'outside')),
    source varchar not null,
    context varchar not null,                      -- where it works, and under what conditions
    evidence varchar not null,
    users varchar not null,                        -- who here could use it
    seen_on date not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

create table benchmarking.practice_decisions (
    decision_id bigint primary key,
    practice_id bigint not null,
    verdict varchar not null check (verdict in ('adopt', 'try', 'reject')),
    reason varchar not null,
    milestone_id bigint,                           -- the milestone that an adoption or trial made
    follow_up_on date,                             -- when the committee looks again; null for a rejection
    decided_on date not null,
    decided_by varchar not null,
    decided_at timestamp not null
);

create table benchmarking.practice_follow_ups (
    follow_up_id bigint primary key,
    practice_id bigint not null,
    result varchar not null check (result in ('worked', 'partly', 'failed')),
    finding varchar not null,
    followed_on date not null,
    followed_by varchar not null,
    followed_at timestamp not null
);
