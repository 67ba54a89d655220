-- change.judged_steps(as_of DATE)
-- One row: a step of the programme with the latest judgement of it up to as_of.
-- Columns:
--   step         which of the seven steps (kam.change.STEPS)
--   verdict      absent, begun or in_place
--   evidence     what it rests on
--   evidence_on  the evidence's day
--   judged_on    when it was judged
--   judged_by    who judged
create or replace macro change.judged_steps(as_of DATE) as table
select step, verdict, evidence, evidence_on, judged_on, judged_by
from change.step_judgements
where judged_on <= as_of
qualify row_number() over (partition by step order by judged_on desc, judgement_id desc) = 1;
