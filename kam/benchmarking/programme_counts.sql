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
--   exception_request_count     requests for an exception recorded in (as_of − 12 months, as_of]
--   exception_refused_count     of them refused by the programme
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
cross join exceptions;
