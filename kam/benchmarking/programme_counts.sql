-- benchmarking.programme_counts(as_of DATE)
-- One row in all: what the records say about the programme on as_of, as numerators and denominators.
-- Columns:
--   key_account_count           key accounts on as_of
--   covered_count               of them with an executive sponsor on record
--   cadenced_count              of them for which a contact cadence is set
--   contacted_in_time_count     of those with a sponsor whose contact is not overdue
--   review_due_count            key accounts for which a review cycle is set
--   reviewed_in_time_count      of those whose review is not overdue
--   held_review_count           reviews of key accounts held in (as_of − 12 months, as_of]
--   key_contribution_amount     contribution of the key accounts in (as_of − 12 months, as_of], reporting currency; null
--                               where none is known
--   key_unknown_count           key accounts whose contribution is unknown
--   all_contribution_amount     contribution of all accounts, likewise
--   all_unknown_count           accounts with a line in the ledger whose contribution is unknown
--   exception_request_count     requests for an exception recorded in (as_of − 12 months, as_of]
--   exception_refused_count     of them refused by the programme
-- Left out of the contributions: accounts without any line up to as_of, unless they are key accounts.
create or replace macro benchmarking.programme_counts(as_of DATE) as table
with sponsors as (
    select
        count(*) as key_account_count,
        count(*) filter (where is_covered) as covered_count,
        count(*) filter (where contact_state <> 'none') as cadenced_count,
        count(*) filter (where contact_state in ('current', 'due_soon', 'no_contact_yet')) as contacted_in_time_count
    from sponsorship.roster_sponsors(as_of)
),
cycle as (
    select
        count(*) filter (where review_state <> 'none') as review_due_count,
        count(*) filter (where review_state in ('current', 'due_soon')) as reviewed_in_time_count,
        coalesce(sum(held_count_12m), 0)::bigint as held_review_count
    from reviews.calendar(as_of)
),
worth as (
    select
        sum(contribution_12m) filter (where is_key_account) as key_contribution_amount,
        count(*) filter (where is_key_account and contribution_12m is null) as key_unknown_count,
        sum(contribution_12m) as all_contribution_amount,
        count(*) filter (where contribution_12m is null and (is_key_account or revenue_12m is not null))
            as all_unknown_count
    from programme.account_list(as_of, level := 'account')
),
exceptions as (
    select
        count(*) as exception_request_count,
        count(*) filter (where outcome in ('refused_ground', 'refused_gate', 'unknown_gate')) as exception_refused_count
    from selection.exception_list(as_of)
    where requested_on > as_of - interval 12 month
)
select *
from sponsors
cross join cycle
cross join worth
cross join exceptions;
