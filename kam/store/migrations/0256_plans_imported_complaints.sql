-- Complaints that an import brought, and what somebody decided on each: taken over as a complaint that is owned, or
-- settled before. An import's row is never changed. Append-only.
create table plans.imported_complaints (
    interaction_id varchar primary key,
    complaint_id bigint,                           -- the complaint that it became; null where it was settled before
    reason varchar not null default '',
    decided_on date not null,
    decided_by varchar not null,
    decided_at timestamp not null
);
