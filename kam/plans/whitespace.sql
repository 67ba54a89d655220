-- plans.whitespace(as_of DATE, of_account VARCHAR)
-- One row: a cell, that is a unit × a product category, of the whole group that of_account belongs to; every cell is filled.
-- Units: the accounts of the group, and subsidiaries, regions or sites that people added (without ledger). Categories:
-- those of the product master and of the group's lines; lines without one stand under "Not categorised".
-- Windows: …_12m is (as_of − 12 months, as_of].
-- Columns:
--   unit              the account_id, or the unit's name where people added it
--   unit_name         the account's name, or the unit's
--   is_account        true for an account of the ledger
--   region            the account's region; the unit's own name where it is a region; null where unknown
--   category          the product category
--   revenue_12m       net revenue there, reporting currency; 0 where the account bought, but not this; null where the unit
--                     has no line up to as_of, or is none of the ledger's
--   holder            us (revenue above 0, or noted so), competitor, in_house, none, unknown
--   competitor        which one; empty where not noted
--   potential_amount  what the unit spends there a year, as noted, reporting currency; null where unknown
--   our_share         as noted, else revenue over potential, at most 1, share; null where unknown
--   white_amount      potential that is not ours: potential × (1 − our_share), 0 or more; null where unknown
--   source            where the note comes from; null without a note
--   noted_on          the note's day; null without a note
create or replace macro plans.whitespace(as_of DATE, of_account VARCHAR) as table
with groups as (
    select group_id from ledgers.account_groups where account_id = of_account
),
members as (
    select account_groups.account_id, accounts.name, accounts.region
    from ledgers.account_groups
    join groups on groups.group_id = account_groups.group_id
    join ledgers.accounts on accounts.account_id = account_groups.account_id
),
sold as (
    select
        order_lines.account_id,
        coalesce(nullif(trim(products.category), ''), 'Not categorised') as category,
        sum(order_lines.net_revenue) filter (where order_lines.order_date > as_of - interval 12 months) as revenue_12m
    from ledgers.revenue_lines as order_lines
    join members on members.account_id = order_lines.account_id
    left join ledgers.products on products.product_id = order_lines.product_id
    where order_lines.order_date <= as_of
    group by all
),
places as (
    select account_id as unit, name as unit_name, true as is_account, region from members
    union all
    select units.unit, units.unit, false, case when units.kind = 'region' then units.unit end
    from plans.units
    join groups on groups.group_id = units.account_id
    where units.recorded_on <= as_of
),
notes as (
    select
        whitespace_notes.unit,
        whitespace_notes.category,
        arg_max(whitespace_notes, (whitespace_notes.noted_on, whitespace_notes.note_id)) as last
    from plans.whitespace_notes
    join groups on groups.group_id = whitespace_notes.account_id
    where whitespace_notes.noted_on <= as_of
    group by all
),
categories as (
    select distinct trim(category) as category from ledgers.products where trim(category) <> ''
    union
    select category from sold
    union
    select category from notes
),
cells as (
    select
        places.unit,
        places.unit_name,
        places.is_account,
        places.region,
        categories.category,
        case
            when sold.revenue_12m is not null then sold.revenue_12m
            when places.is_account and places.unit in (select account_id from sold) then 0
        end as revenue_12m,
        notes.last as note
    from places
    cross join categories
    left join sold on sold.account_id = places.unit and sold.category = categories.category
    left join notes on notes.unit = places.unit and notes.category = categories.category
),
shared as (
    select
        *,
        coalesce(
            note.our_share,
            -- least and greatest pass over an unknown value: it has to stay one.
            case when revenue_12m is not null and note.potential_amount > 0
                then least(1.0, greatest(0.0, revenue_12m / note.potential_amount)) end
        ) as our_share
    from cells
)
select
    unit,
    unit_name,
    is_account,
    region,
    category,
    revenue_12m,
    case when revenue_12m > 0 then 'us' else coalesce(note.holder, 'unknown') end as holder,
    coalesce(note.competitor, '') as competitor,
    note.potential_amount as potential_amount,
    our_share,
    (note.potential_amount * (1 - coalesce(our_share, case when note.holder in ('competitor', 'in_house', 'none') then 0 end)))::decimal(18, 2)
        as white_amount,
    note.source as source,
    note.noted_on as noted_on
from shared;
