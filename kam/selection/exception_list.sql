-- selection.exception_list(as_of DATE)
-- One row: a request for an exception recorded up to as_of, with the programme's answer.
-- Columns:
--   request_id  number of the request
--   account_id  the account that it is about
--   name  its name; its id where the account master no longer has it
--   requested_on  the day it was asked, date
--   ground  a forbidden ground, or other_evidence
--   evidence  what the request rests on, as written
--   asked_by  who asked
--   outcome  refused_ground, refused_gate, unknown_gate, regular_way or already_member
--   answer  the programme's answer, a sentence
--   source  what the answer rests on
--   verdict  the account's verdict when it was asked
--   recorded_by  who wrote it down
create or replace macro selection.exception_list(as_of DATE) as table
select
    exception_requests.request_id,
    exception_requests.account_id,
    coalesce(accounts.name, exception_requests.account_id) as name,
    exception_requests.requested_on,
    exception_requests.ground,
    exception_requests.evidence,
    exception_requests.asked_by,
    exception_requests.outcome,
    exception_requests.answer,
    exception_requests.source,
    exception_requests.verdict,
    exception_requests.recorded_by
from selection.exception_requests
left join ledgers.accounts on accounts.account_id = exception_requests.account_id
where exception_requests.requested_on <= as_of;
