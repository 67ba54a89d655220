-- value.risk_records(as_of DATE)
-- One row: an account of the master with what the records say on the factors of relationship risk. Null is unknown: no
-- record of that kind, which is not the same as nothing wrong.
-- Windows: …_12m is (as_of − 12 months, as_of]; satisfaction of 24 months. Contacts carry no date and count as on record.
-- Columns:
--   account_id  the account
--   relationship_years  years since the first purchase up to as_of; null without one
--   contact_count  contacts on record, count; null without any
--   role_count  different roles among them, count; null where no contact has a role
--   category_count_12m  product categories purchased, count; null where no purchased product has a category
--   complaint_count_12m  complaints, count; null where no interaction of the account is on record in these 12 months
--   satisfaction_share  mean performance of survey answers, 0 at the scale's lowest point and 1 at its highest; null
--       without answers
--   answer_count  survey answers in 24 months, count
--   contract_months  months from as_of to the latest end of a running contract (240 where it has no end), 0 where the
--       account has none; null where the records hold no contract of anybody
create or replace macro value.risk_records(as_of DATE) as table
with purchases as (
    select account_id, min(purchased_on) as first_on
    from ledgers.purchase_days(as_of)
    group by account_id
),
people as (
    select account_id, count(*) as contact_count, nullif(count(distinct role), 0) as role_count
    from ledgers.contacts
    group by account_id
),
categories as (
    select line.account_id, nullif(count(distinct product.category), 0) as category_count
    from ledgers.revenue_lines as line
    join ledgers.products as product on product.product_id = line.product_id
    where line.net_revenue > 0
        and line.order_date > cast(as_of - interval 12 month as date)
        and line.order_date <= as_of
    group by line.account_id
),
dealings as (
    select account_id, count(*) filter (where kind = 'complaint') as complaint_count
    from ledgers.interactions
    where occurred_on > cast(as_of - interval 12 month as date) and occurred_on <= as_of
    group by account_id
),
answers as (
    select account_id, avg((performance - 1) / (scale_points - 1)) as satisfaction, count(*) as answer_count
    from ledgers.survey_responses
    where performance is not null
        and scale_points is not null
        and answered_on > cast(as_of - interval 24 month as date)
        and answered_on <= as_of
    group by account_id
),
contracted as (
    select
        account_id,
        max(case when end_date is null then 240 else least(240, date_diff('day', as_of, end_date) / 30.4375) end)
            as contract_months
    from ledgers.contracts
    where start_date <= as_of and (end_date is null or end_date >= as_of)
    group by account_id
),
any_contract as (
    select count(*) > 0 as is_recorded from ledgers.contracts where start_date <= as_of
)
select
    accounts.account_id,
    date_diff('day', purchases.first_on, as_of) / 365.25 as relationship_years,
    people.contact_count,
    people.role_count,
    categories.category_count as category_count_12m,
    dealings.complaint_count as complaint_count_12m,
    answers.satisfaction as satisfaction_share,
    coalesce(answers.answer_count, 0) as answer_count,
    case when any_contract.is_recorded then cast(coalesce(contracted.contract_months, 0) as double) end
        as contract_months
from ledgers.accounts
cross join any_contract
left join purchases on purchases.account_id = accounts.account_id
left join people on people.account_id = accounts.account_id
left join categories on categories.account_id = accounts.account_id
left join dealings on dealings.account_id = accounts.account_id
left join answers on answers.account_id = accounts.account_id
left join contracted on contracted.account_id = accounts.account_id;
