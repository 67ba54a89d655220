-- sponsorship.executive_load(as_of DATE)
-- One row: an executive on record, or one who is still named as a sponsor without being on record.
-- Columns:
--   executive_id    our executive
--   name            name; the id where the executive is no longer on record
--   title           title
--   level           board, c_level, vice_president, director; null where unknown
--   region          region; null where unknown
--   is_on_record    false where the executive master no longer has this person
--   account_count   accounts sponsored on as_of, whether still in the programme or not
--   own_cap         accounts this executive takes by their own word; null where they did not say
--   cap             accounts before a warning: own_cap, else sponsorship.accounts_at_most; never above hard_cap; null
--                   where no rule is set
--   hard_cap        accounts at the very most (sponsorship.accounts_refused_above); null where no rule is set
--   load_share      account_count / cap, share; null where there is no cap
--   load_state      over_hard_cap, over_cap, at_cap, free; null where there is no cap
create or replace macro sponsorship.executive_load(as_of DATE) as table
with rules as (
    select
        max(value) filter (where parameter_id = 'sponsorship.accounts_at_most')::integer as soft_cap,
        max(value) filter (where parameter_id = 'sponsorship.accounts_refused_above')::integer as hard_cap
    from parameters.effective(as_of)
),
held as (
    select executive_id, count(*) as account_count
    from sponsorship.standing(as_of)
    where is_active
    group by executive_id
),
people as (
    select
        coalesce(executives.executive_id, held.executive_id) as executive_id,
        coalesce(executives.name, held.executive_id) as name,
        executives.title,
        executives.level,
        executives.region,
        executives.executive_id is not null as is_on_record,
        coalesce(held.account_count, 0) as account_count,
        executives.max_accounts as own_cap,
        case
            when coalesce(executives.max_accounts, rules.soft_cap) is null then null
            else least(coalesce(executives.max_accounts, rules.soft_cap), rules.hard_cap)
        end as cap,
        rules.hard_cap
    from ledgers.executives
    full join held on held.executive_id = executives.executive_id
    cross join rules
)
select
    executive_id,
    name,
    title,
    level,
    region,
    is_on_record,
    account_count,
    own_cap,
    cap,
    hard_cap,
    account_count / nullif(cap, 0) as load_share,
    case
        when account_count > hard_cap then 'over_hard_cap'
        when cap is null then null
        when account_count > cap then 'over_cap'
        when account_count = cap then 'at_cap'
        else 'free'
    end as load_state
from people;
