-- What stands around a sponsorship: who may not, who stays, who helps, what an executive gives, and the contacts themselves.

-- Vetoes: declared and withdrawn, never edited. Who it binds follows from what is named: an account; the accounts of
-- one account manager (whose line manager the executive is); neither: every account (a quota carrier).
create table sponsorship.veto_decisions (
    decision_id bigint primary key,
    veto_id bigint not null,                       -- the declaration's own decision_id
    decision varchar not null check (decision in ('declared', 'withdrawn')),
    kind varchar not null check (kind in ('line_manager', 'quota_carrier', 'conflict_of_interest', 'customer_objection')),
    executive_id varchar not null,
    account_id varchar,
    owner varchar,                                 -- the account manager, as the account master names them
    decided_on date not null,
    until_on date,                                 -- the last day on which it holds; null: until withdrawn
    declared_by varchar not null,
    reason varchar not null,
    source varchar not null default '',
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- Locks: this executive stays this account's sponsor, as long as that very assignment lasts.
create table sponsorship.lock_decisions (
    decision_id bigint primary key,
    assignment_id bigint not null,                 -- of sponsorship.decisions
    account_id varchar not null,
    executive_id varchar not null,
    decision varchar not null check (decision in ('locked', 'unlocked')),
    decided_on date not null,
    reason varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

create table sponsorship.deputy_decisions (
    decision_id bigint primary key,
    account_id varchar not null,
    executive_id varchar not null,
    decision varchar not null check (decision in ('named', 'stood_down')),
    decided_on date not null,
    reason varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- What becomes of an executive: has left, has come back, gives this many hours a year from a day on.
create table sponsorship.executive_decisions (
    decision_id bigint primary key,
    executive_id varchar not null,
    decision varchar not null check (decision in ('left', 'returned', 'hours_given')),
    hours double,                                  -- a year, of hours_given alone
    decided_on date not null,
    reason varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- What the fit reads beyond the masters: the functions on a customer's agenda, and what a pairing would develop.
create table sponsorship.fit_facts (
    fact_id bigint primary key,
    kind varchar not null check (kind in ('agenda', 'development')),
    account_id varchar not null,
    executive_id varchar,                          -- of development alone
    functions varchar[],                           -- of agenda alone
    points double,                                 -- 0-10, of development alone
    noted_on date not null,
    source varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- Contacts of an executive with an account: planned, briefed, held with an outcome, or cancelled.
create table sponsorship.appointments (
    appointment_id bigint primary key,
    account_id varchar not null,
    executive_id varchar not null,
    kind varchar not null check (kind in ('visit', 'call', 'plan_review')),
    occasion varchar not null check (occasion in ('dialogue', 'plan', 'escalation', 'deal')),
    planned_on date not null,
    begins varchar,                                -- hh:mm local time; null: all day
    minutes integer,
    place varchar not null default '',
    person_ids varchar[] not null,                 -- customer's contacts to be met
    brief varchar not null default '',
    briefed_by varchar,
    briefed_at timestamp,
    state varchar not null check (state in ('planned', 'held', 'cancelled')),
    held_on date,
    outcome varchar not null default '',
    closed_by varchar,
    closed_at timestamp,
    version integer not null default 1
);

create table sponsorship.promises (
    promise_id bigint primary key,
    account_id varchar not null,
    executive_id varchar not null,
    appointment_id bigint,
    promise varchar not null,
    owner varchar not null,
    made_on date not null,
    due_on date not null,
    state varchar not null default 'open' check (state in ('open', 'kept', 'dropped')),
    closed_on date,
    note varchar not null default '',
    version integer not null default 1
);
