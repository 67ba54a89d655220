-- The rows that can be written: they fit so far. A row that gets a problem later leaves by itself.
create or replace temp view ready as
select staged.* exclude (fault, fault_at, raw, left_out, suspect)
from temp.staged as staged
anti join temp.problems as problems on problems.place = staged.place
where staged.fault is null and not staged.left_out;
