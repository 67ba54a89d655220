-- Holding a review: what is typed while it runs, kept at every change; what was decided; the company's deck template.
create table reviews.drafts (
    review_id bigint primary key,
    content varchar not null,                      -- JSON: agenda, notes, decisions, actions, rating as typed
    saved_by varchar not null,
    saved_at timestamp not null,
    version integer not null default 1
);

create table reviews.decisions (
    decision_id bigint primary key,
    review_id bigint not null,
    account_id varchar not null,
    decision varchar not null,
    decided_on date not null,
    decided_by varchar not null
);

create schema packs;

create table packs.templates (
    template_id bigint primary key,
    name varchar not null,                         -- the file's name; empty: back to the plain deck
    content varchar not null,                      -- the .pptx, base64; empty: the plain deck
    adopted_by varchar not null,
    adopted_at timestamp not null,
    reason varchar not null
);
