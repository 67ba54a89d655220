-- The master row of a merged account stays where the merge put it: it counts as unchanged, and comes back by undoing the merge.
insert into temp.matched
select ready.place, true as is_same
from temp.ready as ready
semi join ledgers.merged_accounts as merged on merged.account_id = ready.account_id
anti join temp.matched as matched on matched.place = ready.place;
