-- reviews.account_history(as_of DATE, of_account VARCHAR)
-- One row: something that was decided about an account, or a review of it that was held.
-- Columns:
--   happened_on  date of the decision or the review, up to as_of
--   decision  admitted, released (programme), sponsor_assigned, sponsor_relieved, manager_appointed, review_held
--   outcome  the category admitted to, the executive's or manager's name, or the review's rating; null where there is none
--   reason  why it was decided; of a review its notes
--   decided_by  who decided; of a review who took part
--   decision_id  the number of the decision or review among those of its kind
-- Left out: what is dated after as_of, reviews that are planned or cancelled.
create or replace macro reviews.account_history(as_of DATE, of_account VARCHAR) as table
select
    decided_on as happened_on,
    decision,
    case when decision = 'admitted' then category end as outcome,
    reason,
    decided_by,
    decision_id
from programme.roster_decisions
where account_id = of_account and decided_on <= as_of
union all
select
    decided_on,
    'sponsor_' || decision,
    coalesce(executives.name, decisions.executive_id),
    reason,
    decided_by,
    decision_id
from sponsorship.decisions
left join ledgers.executives on executives.executive_id = decisions.executive_id
where decisions.account_id = of_account and decided_on <= as_of
union all
select
    appointed_on,
    'manager_appointed',
    coalesce(account_managers.name, appointments.manager_id),
    reason,
    decided_by,
    appointment_id
from managers.appointments
left join ledgers.account_managers on account_managers.manager_id = appointments.manager_id
where appointments.account_id = of_account and appointed_on <= as_of
union all
select held_on, 'review_held', rating, nullif(notes, ''), participants, review_id
from reviews.reviews
where account_id = of_account and state = 'held' and held_on <= as_of;
