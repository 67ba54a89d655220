-- Rows that name a merged account belong to the one it was merged into; the name they came under stays with them.
update temp.staged as staged
set named_account_id = staged.account_id, account_id = merged.into_account_id
from ledgers.merged_accounts as merged
where merged.account_id = staged.account_id;
