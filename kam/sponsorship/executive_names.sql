-- sponsorship.executive_names
-- One row: an executive × a way in which records name them.
-- Columns:
--   executive_id  our executive
--   called        id, name or address, in lower case
create or replace view sponsorship.executive_names as
select executive_id, lower(executive_id) as called from ledgers.executives
union
select executive_id, lower(trim(name)) from ledgers.executives
union
select executive_id, lower(trim(email)) from ledgers.executives where email is not null;
