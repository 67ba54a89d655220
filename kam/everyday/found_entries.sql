-- everyday.found_entries(as_of DATE, sought VARCHAR)
-- One row: an entry of the knowledge base in use on as_of whose title, text or marks hold what is sought.
-- Columns:
--   entry_id     the entry
--   kind         playbook, case or lesson
--   title        in a line
--   entry_state  current or stale
--   nearness     0 the title begins with it, 1 it stands in the title, 2 in the marks, 3 in the text
create or replace macro everyday.found_entries(as_of DATE, sought VARCHAR) as table
with known as (
    select
        *,
        lower(strip_accents(title)) as plain_title,
        lower(strip_accents(marks_text)) as plain_marks,
        lower(strip_accents(text)) as plain_text
    from knowledge.entry_list(as_of)
    where entry_state <> 'retired'
)
select
    entry_id,
    kind,
    title,
    entry_state,
    case
        when starts_with(plain_title, lower(strip_accents(sought))) then 0
        when contains(plain_title, lower(strip_accents(sought))) then 1
        when contains(plain_marks, lower(strip_accents(sought))) then 2
        else 3
    end as nearness
from known
where contains(plain_title, lower(strip_accents(sought)))
    or contains(plain_marks, lower(strip_accents(sought)))
    or contains(plain_text, lower(strip_accents(sought)));
