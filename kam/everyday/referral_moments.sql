-- everyday.referral_moments(as_of DATE)
-- One row: an account × one of the three moments to ask for a referral, the latest of its kind in the window, with what speaks
-- against asking now. The window is (as_of − everyday.moment_window_days, as_of].
-- Columns:
--   account_id      the account
--   name            its name
--   owner           its account manager, as in the master
--   is_key_account  true where it is in the programme on as_of
--   moment          purchase (an order that is large for itself), thanks (it thanked us, or a survey came out at the top), success
--   happened_on     the day
--   what            order, greeting, survey, commitment, objective, promise, complaint
--   evidence        the order number, or words of the record; null for a survey
--   amount          the order's net revenue, reporting currency; null elsewhere
--   held_back_by    why not to ask now: open_complaint, red_line, declined (within everyday.referral_rest_days), asked_lately (within
--                   them too); null where nothing speaks against it
create or replace macro everyday.referral_moments(as_of DATE) as table
with held as (
    select
        max(value) filter (where parameter_id = 'everyday.moment_window_days')::integer as window_days,
        max(value) filter (where parameter_id = 'everyday.thanks_from') as thanks_from,
        max(value) filter (where parameter_id = 'everyday.referral_rest_days')::integer as rest_days
    from parameters.effective(as_of)
),
surveyed as (
    select account_id, answered_on, avg((performance - 1) / nullif(scale_points - 1, 0)) * 100 as satisfaction
    from ledgers.survey_responses
    where answered_on <= as_of and performance is not null
    group by account_id, answered_on
),
happened as (
    select account_id, 'purchase' as moment, ordered_on as happened_on, 'order' as what, order_id as evidence, net_revenue as amount
    from everyday.large_orders(as_of)
    union all
    select account_id, 'thanks', occurred_on, 'greeting', summary, null
    from relationships.dealings(as_of)
    where kind = 'greeting'
    union all
    select account_id, 'thanks', answered_on, 'survey', null, null
    from surveyed
    cross join held
    where satisfaction >= held.thanks_from
    union all
    select account_id, 'success', happened_on, what, evidence, null
    from everyday.success_moments(as_of)
),
latest as (
    select happened.*
    from happened
    cross join held
    where happened.happened_on <= as_of and happened.happened_on > as_of - held.window_days
    qualify row_number() over (
        partition by account_id, moment order by happened_on desc, amount desc nulls last, what, evidence
    ) = 1
),
asked as (
    select account_id, max(asked_on) as asked_on, arg_max(answer, (asked_on, ask_id)) as answer
    from everyday.referral_asks
    where asked_on <= as_of
    group by account_id
),
complained as (
    select distinct account_id from plans.complaint_list(as_of) where is_open
),
in_danger as (
    select distinct account_id from relationships.open_red_lines(as_of)
)
select
    latest.account_id,
    accounts.name,
    accounts.owner,
    roster.account_id is not null as is_key_account,
    latest.moment,
    latest.happened_on,
    latest.what,
    latest.evidence,
    latest.amount,
    case
        when complained.account_id is not null then 'open_complaint'
        when in_danger.account_id is not null then 'red_line'
        when asked.asked_on > as_of - held.rest_days and asked.answer = 'declined' then 'declined'
        when asked.asked_on > as_of - held.rest_days then 'asked_lately'
    end as held_back_by
from latest
cross join held
join ledgers.accounts on accounts.account_id = latest.account_id
left join programme.roster(as_of) as roster on roster.account_id = latest.account_id
left join asked on asked.account_id = latest.account_id
left join complained on complained.account_id = latest.account_id
left join in_danger on in_danger.account_id = latest.account_id;
