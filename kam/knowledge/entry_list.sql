-- knowledge.entry_list(as_of DATE)
-- One row: an entry of the knowledge base as it stands on as_of.
-- Columns:
--   entry_id      the entry
--   version       of its versions the one in force
--   version_id    that version
--   kind          playbook, case or lesson
--   title         in a line
--   text          Markdown: headings, lists, emphasis
--   author        who wrote it
--   owner         who keeps it current
--   source        where it comes from
--   written_on    when it was written
--   review_by     until when it is to be looked at again
--   account_id    whom a case or lesson is about; null without
--   account_name  that account's name; its id where the account master no longer has it; null without
--   marks         what it is good for, as `about: value`, in order; empty where nothing is said
--   marks_text    the same in a line, to search in
--   entry_state   current, stale (review_by has passed) or retired
--   reason        why this version was made
--   decided_on    when this version was made
--   decided_by    by whom
-- Left out: entries made after as_of.
create or replace macro knowledge.entry_list(as_of DATE) as table
with standing as (
    select *
    from knowledge.versions
    where decided_on <= as_of
    qualify row_number() over (partition by entry_id order by version desc) = 1
),
marked as (
    select
        version_id,
        list(case when about = 'tag' then value else about || ': ' || replace(value, '_', ' ') end order by about, value) as marks
    from knowledge.marks
    group by version_id
)
select
    standing.entry_id,
    standing.version,
    standing.version_id,
    standing.kind,
    standing.title,
    standing.text,
    standing.author,
    standing.owner,
    standing.source,
    standing.written_on,
    standing.review_by,
    standing.account_id,
    case when standing.account_id is not null then coalesce(accounts.name, standing.account_id) end as account_name,
    coalesce(marked.marks, []::varchar[]) as marks,
    coalesce(array_to_string(marked.marks, ', '), '') as marks_text,
    case
        when standing.is_retired then 'retired'
        when standing.review_by < as_of then 'stale'
        else 'current'
    end as entry_state,
    standing.reason,
    standing.decided_on,
    standing.decided_by
from standing
left join marked on marked.version_id = standing.version_id
left join ledgers.accounts on accounts.account_id = standing.account_id;
