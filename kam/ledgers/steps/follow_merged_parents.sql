update temp.staged as staged
set parent_account_id = merged.into_account_id
from ledgers.merged_accounts as merged
where merged.account_id = staged.parent_account_id;
