-- plays.held_back(as_of DATE, of_play BIGINT, audience VARCHAR, of_category VARCHAR, audience_months INTEGER, contact_days INTEGER, act_days INTEGER, despite_trouble BOOLEAN)
-- One row: an account and a standing reason why a play with these rules does not turn to it on as_of. A null rule does not hold.
-- Window of buying: (as_of − audience_months, as_of]; a buyer is who bought for more than came back in it.
-- Columns:
--   account_id   the account
--   reason       buyer (a play for non-buyers), prospect (one for buyers), buying_unknown (its purchases name no category, so that nobody
--                can tell), complaint or red_line (open, unless despite_trouble), contacted (a dealing within contact_days that is no note,
--                complaint or survey), acted_on (done within act_days, any play), on_list (on a list of this play, nothing said yet)
--   happened_on  since when, or when last; null for prospect and buying_unknown
--   evidence     the complaint, the red line, the dealing's kind or the play, in words of the record; null where there are none
create or replace macro plays.held_back(
    as_of DATE, of_play BIGINT, audience VARCHAR, of_category VARCHAR, audience_months INTEGER, contact_days INTEGER, act_days INTEGER,
    despite_trouble BOOLEAN
) as table
with lines as (
    select
        lines.account_id,
        lines.order_date,
        lines.net_revenue,
        -- Null where the line names no product of a category.
        of_category is null or products.category = of_category as is_of_it
    from ledgers.revenue_lines as lines
    left join ledgers.products as products on products.product_id = lines.product_id
    where audience <> 'anyone' and lines.order_date <= as_of and lines.order_date > cast(as_of - to_months(audience_months) as date)
),
bought as (
    select
        account_id,
        coalesce(sum(net_revenue) filter (where is_of_it), 0) > 0 as is_buyer,
        coalesce(bool_or(is_of_it is null and net_revenue > 0), false) as has_unknown,
        max(order_date) filter (where is_of_it and net_revenue > 0) as last_on
    from lines
    group by account_id
),
dealt as (
    select account_id, max(occurred_on) as occurred_on, arg_max(kind, (occurred_on, interaction_id)) as kind
    from relationships.dealings(as_of)
    where kind not in ('note', 'complaint', 'survey')
    group by account_id
),
acted as (
    select account_id, max(done_on) as done_on, arg_max(play, (done_on, run_id)) as play
    from plays.acts(as_of)
    where is_act
    group by account_id
)
select account_id, 'buyer' as reason, last_on as happened_on, null::varchar as evidence
from bought
where audience = 'non_buyers' and is_buyer
union all
select account_id, 'buying_unknown', null, null
from bought
where audience <> 'anyone' and not is_buyer and has_unknown
union all
select accounts.account_id, 'prospect', null, null
from ledgers.accounts
left join bought on bought.account_id = accounts.account_id
where audience = 'buyers' and not coalesce(bought.is_buyer or bought.has_unknown, false)
union all
select account_id, 'complaint', min(received_on), arg_min(complaint, (received_on, complaint_id))
from plans.complaint_list(as_of)
where is_open and not despite_trouble
group by account_id
union all
select account_id, 'red_line', min(happened_on), arg_min(kind, (happened_on, red_line_id))
from relationships.open_red_lines(as_of)
where not despite_trouble
group by account_id
union all
select account_id, 'contacted', occurred_on, kind
from dealt
where occurred_on > as_of - contact_days
union all
select account_id, 'acted_on', done_on, play
from acted
where done_on > as_of - act_days
union all
select account_id, 'on_list', max(run_on), null
from plays.run_rows(as_of)
where play_id = of_play and is_open
group by account_id;
