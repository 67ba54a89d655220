create or replace temp table ready as
select staged.* exclude (fault, fault_at, raw, left_out, suspect)
from temp.staged as staged
anti join temp.problems as problems on problems.place = staged.place
where staged.fault is null and not staged.left_out;
