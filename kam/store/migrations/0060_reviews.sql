-- Account reviews: prepared, held, and frozen with what was seen.
create schema reviews;

create table reviews.reviews (
    review_id bigint primary key,
    account_id varchar not null,
    planned_on date not null,
    held_on date,
    state varchar not null check (state in ('planned', 'held', 'cancelled')),
    participants varchar not null default '',
    notes varchar not null default '',
    rating varchar check (rating in ('on_track', 'at_risk', 'off_track')),
    seen varchar,                                  -- JSON: the account's figures as of held_on, frozen at closing
    closed_by varchar,                             -- who held or cancelled it
    closed_at timestamp,
    version integer not null default 1
);

create table reviews.actions (
    action_id bigint primary key,
    review_id bigint not null,
    account_id varchar not null,
    action varchar not null,
    owner varchar not null,
    due_on date not null,
    state varchar not null default 'open' check (state in ('open', 'done', 'dropped')),
    closed_on date,
    version integer not null default 1
);
