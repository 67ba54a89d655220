-- What customers said when a concern of theirs became an action of an account's plan; a milestone keeps its own.
create table benchmarking.acted_priorities (
    action_id bigint primary key,                  -- of plans.actions
    attribute varchar not null,
    seen varchar not null,                         -- JSON: means, intervals and lines, as of that day
    decided_on date not null,
    decided_by varchar not null,
    decided_at timestamp not null
);
