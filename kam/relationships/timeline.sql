-- relationships.timeline(as_of DATE, of_account VARCHAR)
-- One row: something that happened with an account up to as_of, of whatever kind.
-- Columns:
--   happened_on  the day; of a month's orders its last day, or as_of
--   kind         visit, call, complaint … of interactions; orders, opportunity, contract, review, decision, action,
--                assessment, red_line, contact, survey, profile, promise, play
--   what         what happened, in words of the record
--   next_step    what was promised or agreed; null where nothing was
--   due_on       until when
--   state        of the promise or action: open, overdue, kept, done, dropped; else what became of it; null without
--   by           who of ours, or who took part
--   with_whom    the contact's name, of a survey all who answered; null where nobody is named
--   amount       net revenue of the month, amount of the deal or contract, reporting currency; null elsewhere
--   record_id    the record it comes from
-- Left out: orders more than 24 months before as_of; opportunities that are open on as_of.
create or replace macro relationships.timeline(as_of DATE, of_account VARCHAR) as table
select
    dealt.occurred_on as happened_on,
    dealt.kind,
    dealt.summary as what,
    dealt.next_step,
    dealt.next_step_due as due_on,
    dealt.promise_state as state,
    dealt."by" as "by",
    people.name as with_whom,
    null::decimal(18, 2) as amount,
    dealt.interaction_id as record_id
from relationships.dealings(as_of) as dealt
left join relationships.contacts(as_of, of_account) as people on people.contact_id = dealt.contact_id
where dealt.account_id = of_account
union all
select settled.settled_on, 'promise', coalesce(nullif(settled.note, ''), dealt.next_step), dealt.next_step, dealt.next_step_due,
    settled.outcome, settled.settled_by, null, null, dealt.interaction_id
from relationships.settled_promises as settled
join relationships.dealings(as_of) as dealt on dealt.interaction_id = settled.interaction_id
where dealt.account_id = of_account and settled.settled_on <= as_of
union all
select least(as_of, last_day(month)), 'orders', strftime(month, '%B %Y'), null, null, null, null, null, net_revenue, null
from ledgers.revenue_trend(as_of, of_account)
where net_revenue <> 0
union all
select expected_close, 'opportunity', name, null, null, stage, owner, null, amount, opportunity_id
from ledgers.opportunities
where account_id = of_account and expected_close <= as_of and regexp_matches(lower(stage), '(^|[^a-z])(won|lost|closed)($|[^a-z])')
union all
select start_date, 'contract', name, null, end_date, 'begun', null, null, annual_value, contract_id
from ledgers.contracts
where account_id = of_account and start_date <= as_of
union all
select end_date, 'contract', name, null, null, 'ended', null, null, annual_value, contract_id
from ledgers.contracts
where account_id = of_account and end_date < as_of
union all
select
    happened_on,
    case when decision = 'review_held' then 'review' else 'decision' end,
    coalesce(reason, ''),
    null,
    null,
    case when decision = 'review_held' then coalesce(outcome, 'held') else decision end,
    decided_by,
    null,
    null,
    decision_id::varchar
from reviews.account_history(as_of, of_account)
union all
select agreed_on, 'action', action, action, due_on, action_state, owner, null, null, action_id::varchar
from reviews.action_list(as_of)
where account_id = of_account
union all
select rated_on, 'assessment', evidence, null, null, stage, rated_by, null, null, rating_id::varchar
from relationships.stage_ratings
where account_id = of_account and rated_on <= as_of
union all
select happened_on, 'red_line', evidence, null, null, kind, recorded_by, null, null, red_line_id::varchar
from relationships.red_lines
where account_id = of_account and happened_on <= as_of
union all
select closed_on, 'red_line', closing, null, null, 'closed', closed_by, null, null, red_line_id::varchar
from relationships.red_lines
where account_id = of_account and closed_on <= as_of
union all
select left_on, 'contact', coalesce(title, ''), null, null, 'left', null, name, null, contact_id
from relationships.contacts(as_of, of_account)
where left_on is not null
union all
select answered.answered_on, 'survey', string_agg(distinct answered.attribute, ', ' order by answered.attribute), null, null,
    null, null, string_agg(distinct people.name, ', ' order by people.name), null, null
from ledgers.survey_responses as answered
left join relationships.contacts(as_of, of_account) as people on people.contact_id = answered.contact_id
where answered.account_id = of_account and answered.answered_on <= as_of
group by answered.answered_on
union all
select noted_on, 'profile', text, null, null, section, noted_by, null, null, note_id::varchar
from relationships.need_notes
where account_id = of_account and noted_on <= as_of
union all
select done_on, 'play', concat_ws(': ', play, nullif(note, '')), null, null, outcome, marked_by, null, null, run_id || '/' || account_id
from plays.acts(as_of)
where account_id = of_account;
