-- Relationships: what people of ours know, heard and promised at an account. Rows are added, never edited: the
-- latest one counts, a correction is a new row. The import tables stay what the files said.
create schema relationships;

-- A fact about a contact as somebody saw it. A null value says that the fact is unknown, or that there is none.
create table relationships.contact_observations (
    observation_id bigint primary key,
    account_id varchar not null,
    contact_id varchar not null,
    attribute varchar not null check (attribute in (
        'name', 'title', 'email', 'phone', 'role', 'influence', 'attitude', 'reports_to', 'our_owner', 'strength',
        'last_contact', 'left'
    )),
    value varchar,
    status varchar not null check (status in ('assumed', 'confirmed')),
    observed_on date not null,
    source varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- A person whom no import has brought.
create table relationships.added_contacts (
    contact_id varchar primary key,
    account_id varchar not null,
    name varchar not null,
    added_on date not null,
    added_by varchar not null,
    added_at timestamp not null
);

-- Notes, calls, visits and complaints written down in the workbench. corrects: the interaction (captured or
-- imported) that this row stands in for; is_withdrawn: it should not have been written at all.
create table relationships.captured_interactions (
    interaction_id varchar primary key,
    account_id varchar not null,
    occurred_on date not null,
    kind varchar not null,
    summary varchar not null,
    "by" varchar not null,
    contact_id varchar,
    next_step varchar,
    next_step_due date,
    corrects varchar,
    is_withdrawn boolean not null default false,
    captured_by varchar not null,
    captured_at timestamp not null
);

-- What became of a next step that was promised.
create table relationships.settled_promises (
    settlement_id bigint primary key,
    interaction_id varchar not null,
    outcome varchar not null check (outcome in ('kept', 'dropped')),
    settled_on date not null,
    note varchar not null,
    settled_by varchar not null,
    settled_at timestamp not null
);

-- Where the relationship stands as our side and theirs see it, and where it is meant to go.
create table relationships.stage_ratings (
    rating_id bigint primary key,
    account_id varchar not null,
    side varchar not null check (side in ('ours', 'customers', 'target')),
    stage varchar not null,
    items varchar,                       -- JSON: the six marks 1–4, where it was rated by them
    evidence varchar not null,
    rated_on date not null,
    rated_by varchar not null,           -- who rated: a person of ours, or of the customer
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- Events that cap health while they are open.
create table relationships.red_lines (
    red_line_id bigint primary key,
    account_id varchar not null,
    kind varchar not null check (kind in ('sponsor_lost', 'tender', 'service_failure', 'merger')),
    happened_on date not null,
    evidence varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null,
    closed_on date,
    closing varchar,
    closed_by varchar,
    closed_at timestamp,
    version integer not null default 1
);

-- The guided profile: what is known of the customer's situation, section by section.
create table relationships.need_notes (
    note_id bigint primary key,
    account_id varchar not null,
    section varchar not null,
    text varchar not null,
    source varchar not null,
    status varchar not null check (status in ('assumed', 'confirmed')),
    noted_on date not null,
    noted_by varchar not null,
    recorded_at timestamp not null
);
