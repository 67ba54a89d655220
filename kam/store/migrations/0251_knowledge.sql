-- What was learned: playbooks, cases, lessons. An entry's versions are added, never edited; a retired one stays on file.
create schema knowledge;

create table knowledge.versions (
    version_id bigint primary key,
    entry_id bigint not null,
    version integer not null,
    kind varchar not null check (kind in ('playbook', 'case', 'lesson')),
    title varchar not null,
    text varchar not null,                         -- Markdown: headings, lists, emphasis
    author varchar not null,
    owner varchar not null,                        -- who keeps it current
    source varchar not null,
    written_on date not null,
    review_by date not null,
    account_id varchar,                            -- whom a case or lesson is about
    is_retired boolean not null,
    reason varchar not null,
    decided_on date not null,
    decided_by varchar not null,
    decided_at timestamp not null
);

-- What a version is good for: an account that carries one of these.
create table knowledge.marks (
    version_id bigint not null,
    about varchar not null check (about in ('tag', 'category', 'need', 'stage', 'industry')),
    value varchar not null
);
