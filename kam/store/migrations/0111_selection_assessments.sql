-- What the ledger does not say: dated judgements with evidence, and where an account is meant to go. All append-only:
-- a later row replaces an earlier one, and none is edited.
create table selection.assessments (
    assessment_id bigint primary key,
    account_id varchar not null,
    measure varchar not null,                      -- an assessed measure of the catalogue
    value double not null,                         -- in the measure's unit
    evidence varchar not null,
    assessor varchar not null,                     -- who judged
    assessed_on date not null,
    stale_on date not null,                        -- the last day on which it counts
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- The customer's view of us against our best competitor: one sitting, with its factors in the table below.
create table selection.strength_assessments (
    strength_id bigint primary key,
    account_id varchar not null,
    competitor varchar not null,                   -- the best competitor's name
    said_by varchar not null,                      -- who at the customer stated weights and scores
    evidence varchar not null,
    assessor varchar not null,
    assessed_on date not null,
    stale_on date not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

create table selection.success_factors (
    strength_id bigint not null,
    factor_no integer not null,
    factor varchar not null,
    customer_weight double not null,               -- any positive scale: only their shares count
    own_score double,                              -- points 0..10; null: unknown
    competitor_score double,
    primary key (strength_id, factor_no)
);

create table selection.planned_positions (
    position_id bigint primary key,
    account_id varchar not null,
    attractiveness double not null,                -- points 0..10
    strength double not null,
    due_on date not null,
    reason varchar not null,
    planned_on date not null,
    planned_by varchar not null,
    recorded_at timestamp not null
);
