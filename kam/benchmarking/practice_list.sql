-- benchmarking.practice_list(as_of DATE)
-- One row: a practice recorded up to as_of, with the committee's latest decision and what came of it.
-- Columns:
--   practice_id     the practice
--   practice        in a line
--   kind            inside or outside the company
--   source          who does it so, or where it is described
--   context         where it works
--   evidence        what shows that it works
--   users           who here could use it
--   seen_on         when it was seen
--   verdict         adopt, try or reject; null while the committee has not decided
--   reason          why; null likewise
--   decided_on      when; null likewise
--   decided_by      who; null likewise
--   milestone       the milestone that the decision made; null without
--   milestone_state  as change.milestone_list; null without
--   follow_up_on    when the committee looks again; null where it does not
--   result          worked, partly or failed, of the latest follow-up since the decision; null without
--   finding         what was found then; null without
--   followed_on     when; null without
--   practice_state  undecided, rejected, follow_up_due (its day has come and nobody looked), running, followed
create or replace macro benchmarking.practice_list(as_of DATE) as table
with decided as (
    select *
    from benchmarking.practice_decisions
    where decided_on <= as_of
    qualify row_number() over (partition by practice_id order by decided_on desc, decision_id desc) = 1
),
followed as (
    select practice_follow_ups.*
    from benchmarking.practice_follow_ups
    join decided on decided.practice_id = practice_follow_ups.practice_id
        and practice_follow_ups.followed_on >= decided.decided_on
        and practice_follow_ups.followed_at >= decided.decided_at
    where practice_follow_ups.followed_on <= as_of
    qualify row_number() over (
        partition by practice_follow_ups.practice_id order by followed_on desc, follow_up_id desc
    ) = 1
)
select
    practices.practice_id,
    practices.practice,
    practices.kind,
    practices.source,
    practices.context,
    practices.evidence,
    practices.users,
    practices.seen_on,
    decided.verdict,
    decided.reason,
    decided.decided_on,
    decided.decided_by,
    milestones.milestone,
    milestones.milestone_state,
    decided.follow_up_on,
    followed.result,
    followed.finding,
    followed.followed_on,
    case
        when decided.verdict is null then 'undecided'
        when decided.verdict = 'reject' then 'rejected'
        when followed.result is not null then 'followed'
        when decided.follow_up_on <= as_of then 'follow_up_due'
        else 'running'
    end as practice_state
from benchmarking.practices
left join decided on decided.practice_id = practices.practice_id
left join followed on followed.practice_id = practices.practice_id
left join change.milestone_list(as_of) as milestones on milestones.milestone_id = decided.milestone_id
where practices.seen_on <= as_of;
