-- Who is in the programme: decisions, never edited; the roster on a day follows from them.
create schema programme;

create table programme.roster_decisions (
    decision_id bigint primary key,
    account_id varchar not null,
    decision varchar not null check (decision in ('admitted', 'released')),
    decided_on date not null,
    reason varchar not null,
    category varchar check (category in ('strategic', 'star', 'status', 'streamline')),
    criteria_set_id bigint,
    verdicts_seen varchar,                         -- JSON: verdict, gates with value, threshold and verdict, scores, as-of date, ledger state
    decided_by varchar not null,
    decided_at timestamp not null
);

-- At most one row per key account: the store itself refuses an account that is in already.
create table programme.members (
    account_id varchar primary key,
    decision_id bigint not null,
    admitted_on date not null,
    category varchar
);
