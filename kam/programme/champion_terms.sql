-- programme.champion_terms(as_of DATE)
-- One row: a term of a KAM champion, as the statements up to as_of leave it.
-- Columns:
--   term_id           the term
--   record_id         the latest statement about it
--   name              who carries key account management
--   reports_to        to whom they report, in words
--   reports_to_level  board, c_level, vice_president, director, below
--   time_share        share of their time set aside for it, 0..1; null where none is set aside in writing
--   from_on           first day of the term
--   until_on          last day of the term; null where it has no end
--   successor         who follows; null where nobody is named
--   reason            why it was decided or amended
--   decided_on        since when it stands so
--   decided_by        who decided
--   term_state        current, ahead (begins after as_of) or ended (its last day is before as_of)
-- Left out: statements dated after as_of.
create or replace macro programme.champion_terms(as_of DATE) as table
select
    term_id,
    record_id,
    name,
    reports_to,
    reports_to_level,
    time_share,
    from_on,
    until_on,
    successor,
    reason,
    decided_on,
    decided_by,
    case
        when from_on > as_of then 'ahead'
        when until_on < as_of then 'ended'
        else 'current'
    end as term_state
from programme.champion_records
where decided_on <= as_of
qualify row_number() over (partition by term_id order by decided_on desc, record_id desc) = 1;
