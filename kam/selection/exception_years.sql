-- selection.exception_years
-- One row: a calendar year in which somebody asked for an exception.
-- Columns:
--   year  the year
--   request_count  requests recorded, count
--   refused_count  of them refused by the programme, count
--   ground_count  of the refused, those on a forbidden ground, count
create or replace view selection.exception_years as
select
    year(requested_on)::integer as year,
    count(*) as request_count,
    count(*) filter (where outcome in ('refused_ground', 'refused_gate', 'unknown_gate')) as refused_count,
    count(*) filter (where outcome = 'refused_ground') as ground_count
from selection.exception_requests
group by all;
