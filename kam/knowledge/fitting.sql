-- knowledge.fitting(as_of DATE, of_account VARCHAR)
-- One row: an entry in use on as_of that is about the account, or marked with something that it is.
-- Columns:
--   entry_id     the entry
--   kind         playbook, case or lesson
--   title        in a line
--   entry_state  current or stale
--   is_own       true where it is about this very account
--   matched      the marks that the account carries, as `about: value`, in order
--   match_count  these, count
--   mark_count   marks of the entry, count
--   place        1 for what fits best: its own first, then more matching marks, a larger share of the entry's marks, current before stale
create or replace macro knowledge.fitting(as_of DATE, of_account VARCHAR) as table
with matched as (
    select
        marks.version_id,
        count(*) as mark_count,
        count(carried.value) as match_count,
        coalesce(
            list(case when marks.about = 'tag' then marks.value else marks.about || ': ' || replace(marks.value, '_', ' ') end
                order by marks.about, marks.value) filter (where carried.value is not null),
            []::varchar[]
        ) as matched
    from knowledge.marks
    left join (select about, value from knowledge.carried(as_of) where account_id = of_account) as carried
        on carried.about = marks.about and carried.value = marks.value
    group by marks.version_id
)
select
    entries.entry_id,
    entries.kind,
    entries.title,
    entries.entry_state,
    coalesce(entries.account_id = of_account, false) as is_own,
    coalesce(matched.matched, []::varchar[]) as matched,
    coalesce(matched.match_count, 0) as match_count,
    coalesce(matched.mark_count, 0) as mark_count,
    row_number() over (
        order by
            coalesce(entries.account_id = of_account, false) desc,
            coalesce(matched.match_count, 0) desc,
            coalesce(matched.match_count / matched.mark_count, 0) desc,
            entries.entry_state,
            entries.title,
            entries.entry_id
    ) as place
from knowledge.entry_list(as_of) as entries
left join matched on matched.version_id = entries.version_id
where entries.entry_state <> 'retired' and (coalesce(matched.match_count, 0) > 0 or coalesce(entries.account_id = of_account, false));
