-- Written eligibility criteria as dated, adopted sets. The document is the set: it is never edited, and
-- what it states is read from it again, so that an old set judges as it did.
create schema selection;

create table selection.criteria_sets (
    criteria_set_id bigint primary key,
    name varchar not null,
    valid_from date not null,
    source varchar not null,
    document varchar not null,                     -- the criteria file as adopted (TOML)
    reason varchar not null,
    adopted_by varchar not null,
    adopted_at timestamp not null
);
