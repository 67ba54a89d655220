-- reviews.review_list(as_of DATE)
-- One row: a review that is planned, held or cancelled, as it stands on as_of.
-- Columns:
--   review_id          the review
--   account_id         the account
--   name               the account's name; its id where the account master no longer has it
--   planned_on         the day it was planned for
--   held_on            the day it was held; null where it is not held up to as_of
--   state              planned, held or cancelled
--   participants       who took part, or is asked to
--   rating             on_track, at_risk, off_track; null where none was given
--   notes              what was noted
--   action_count       actions agreed in it
--   open_action_count  those still open on as_of
--   version            of the record, for changing it
create or replace macro reviews.review_list(as_of DATE) as table
with agreed as (
    select review_id, count(*) as action_count, count(*) filter (where is_open) as open_action_count
    from reviews.action_list(as_of)
    group by review_id
),
standing as (
    select reviews.*, reviews.state = 'held' and reviews.held_on > as_of as is_yet_to_be_held
    from reviews.reviews
)
select
    standing.review_id,
    standing.account_id,
    coalesce(accounts.name, standing.account_id) as name,
    standing.planned_on,
    case when not standing.is_yet_to_be_held then standing.held_on end as held_on,
    case when standing.is_yet_to_be_held then 'planned' else standing.state end as state,
    standing.participants,
    case when not standing.is_yet_to_be_held then standing.rating end as rating,
    case when standing.is_yet_to_be_held then '' else standing.notes end as notes,
    coalesce(agreed.action_count, 0) as action_count,
    coalesce(agreed.open_action_count, 0) as open_action_count,
    standing.version
from standing
left join agreed on agreed.review_id = standing.review_id
left join ledgers.accounts on accounts.account_id = standing.account_id;
