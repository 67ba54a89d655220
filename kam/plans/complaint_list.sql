-- plans.complaint_list(as_of DATE)
-- One row: a complaint received up to as_of, with its clocks and who owns it.
-- The clocks are plans.first_answer_days_… and plans.solution_days_… of its severity on the day it was received.
-- Columns:
--   complaint_id         the complaint
--   account_id           whose
--   name                 the account's name; its id where the account master no longer has it
--   manager              its account manager, as in the master
--   is_key_account       true where it is in the programme on as_of
--   complaint            in words
--   function             which function it concerns
--   severity             minor, serious, critical
--   received_on          when it came in
--   owner                who owns it: who received it, or who accepted it last, up to as_of
--   offered_to           who was asked to take it over and has not answered on as_of; null where nobody is
--   answer_due_on        until when the first answer is due; null where no clock is set
--   answered_on          when it was given; null while it was not on as_of
--   is_answered_in_time  null while unanswered or without a clock
--   solution_due_on      until when it should be closed; null where no clock is set
--   closed_on            when it was closed; null while open on as_of
--   is_solved_in_time    null while open or without a clock
--   is_open              true while it is open on as_of
--   days_overdue         days since the first clock ran out that is still open; 0 where none did, null where it is closed
--   escalation_level     0 in time; overdue: 1 (account manager), 2 (head of the function) after plans.escalation_2_after_days, 3 (our executive
--                        sponsor) after plans.escalation_3_after_days; null where it is closed
--   complaint_state      closed, overdue, unanswered, in_hand
--   outcome              what came of it; empty while open
--   cause                why it happened; empty while open
--   version              of the record, for changing it
create or replace macro plans.complaint_list(as_of DATE) as table
with steps as (
    select
        max(value) filter (where parameter_id = 'plans.escalation_2_after_days') as second_after,
        max(value) filter (where parameter_id = 'plans.escalation_3_after_days') as third_after
    from parameters.effective(as_of)
),
received as (
    select *,
        case when answered_on <= as_of then answered_on end as answered,
        case when closed_on <= as_of then closed_on end as closed
    from plans.complaints
    where received_on <= as_of and recorded_on <= as_of
),
owned as (
    select complaint_id, arg_max(owner, (happened_on, recorded_at)) as owner
    from plans.complaint_owners
    where step in ('received', 'accepted') and happened_on <= as_of
    group by complaint_id
),
asked as (
    select
        complaint_id,
        arg_max(step, (happened_on, recorded_at)) as step,
        arg_max(owner, (happened_on, recorded_at)) as owner
    from plans.complaint_owners
    where happened_on <= as_of
    group by complaint_id
),
holding as (
    select parameter_id, value, valid_from, is_adopted, decision from (
        select parameter_id, value, valid_from, true as is_adopted, adoption_id as decision from parameters.adopted_values
        union all
        select parameter_id, value, valid_from, false, 0 from parameters.default_values
    )
    where parameter_id like 'plans.first_answer_days_%' or parameter_id like 'plans.solution_days_%'
),
clocks as (
    select
        received.complaint_id,
        max_by({'days': holding.value}, (holding.valid_from, holding.is_adopted, holding.decision))
            filter (where holding.parameter_id = 'plans.first_answer_days_' || received.severity) as answering,
        max_by({'days': holding.value}, (holding.valid_from, holding.is_adopted, holding.decision))
            filter (where holding.parameter_id = 'plans.solution_days_' || received.severity) as solving
    from received
    join holding on holding.valid_from <= received.received_on
    group by received.complaint_id
),
dated as (
    select
        received.*,
        received.received_on + clocks.answering.days::integer as answer_due_on,
        received.received_on + clocks.solving.days::integer as solution_due_on
    from received
    left join clocks on clocks.complaint_id = received.complaint_id
),
late as (
    select
        *,
        case
            when closed is null then greatest(
                0,
                coalesce(date_diff('day', solution_due_on, as_of), 0),
                case when answered is null then coalesce(date_diff('day', answer_due_on, as_of), 0) else 0 end
            )::integer
        end as days_overdue
    from dated
)
select
    late.complaint_id,
    late.account_id,
    coalesce(accounts.name, late.account_id) as name,
    accounts.owner as manager,
    roster.account_id is not null as is_key_account,
    late.complaint,
    late.function,
    late.severity,
    late.received_on,
    coalesce(owned.owner, late.owner) as owner,
    case when asked.step = 'offered' and late.closed is null then asked.owner end as offered_to,
    late.answer_due_on,
    late.answered as answered_on,
    late.answered <= late.answer_due_on as is_answered_in_time,
    late.solution_due_on,
    late.closed as closed_on,
    late.closed <= late.solution_due_on as is_solved_in_time,
    late.closed is null as is_open,
    late.days_overdue,
    case
        when late.days_overdue is null then null
        when late.days_overdue = 0 then 0
        when late.days_overdue > steps.third_after then 3
        when late.days_overdue > steps.second_after then 2
        else 1
    end as escalation_level,
    case
        when late.closed is not null then 'closed'
        when late.days_overdue > 0 then 'overdue'
        when late.answered is null then 'unanswered'
        else 'in_hand'
    end as complaint_state,
    case when late.closed is null then '' else late.outcome end as outcome,
    case when late.closed is null then '' else late.cause end as cause,
    late.version
from late
cross join steps
left join owned on owned.complaint_id = late.complaint_id
left join asked on asked.complaint_id = late.complaint_id
left join programme.roster(as_of) as roster on roster.account_id = late.account_id
left join ledgers.accounts on accounts.account_id = late.account_id;
