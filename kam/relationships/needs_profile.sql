-- relationships.needs_profile(as_of DATE)
-- One row: an account × a section of its profile, as last written up to as_of.
-- Columns:
--   account_id  the account
--   section     objectives, business, technology, products, decision, demand or competitors
--   text        what is known
--   source      how it is known
--   status      confirmed or assumed
--   noted_on    the day
--   noted_by    who wrote it
--   version     the number of the note, for writing the next one
create or replace macro relationships.needs_profile(as_of DATE) as table
select account_id, section, text, source, status, noted_on, noted_by, note_id as version
from relationships.need_notes
where noted_on <= as_of
qualify row_number() over (partition by account_id, section order by noted_on desc, note_id desc) = 1;
