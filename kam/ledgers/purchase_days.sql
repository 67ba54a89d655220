-- ledgers.purchase_days(as_of DATE, level VARCHAR := 'account')
-- One row: an account (or a group, level 'group') and a day up to as_of on which it purchased (net revenue above 0).
-- Columns:
--   account_id  the account, or the group's topmost account
--   purchased_on  the day
create or replace macro ledgers.purchase_days(as_of DATE, level VARCHAR := 'account') as table
with units as (
    select account_id, account_id as unit_id from ledgers.accounts where level <> 'group'
    union all
    select account_id, group_id as unit_id from ledgers.account_groups where level = 'group'
),
months as (
    select units.unit_id, facts.month, bit_or(facts.purchase_days) as purchase_days
    from ledgers.months_between(DATE '0001-01-01', cast(as_of + interval 1 day as date)) as facts
    join units on units.account_id = facts.account_id
    group by units.unit_id, facts.month
),
positions as (
    select place
    from (
        values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15),
            (16), (17), (18), (19), (20), (21), (22), (23), (24), (25), (26), (27), (28), (29), (30)
    ) as bits (place)
)
select months.unit_id as account_id, cast(months.month + positions.place as date) as purchased_on
from months
cross join positions
where months.purchase_days & (1 << positions.place) <> 0;
