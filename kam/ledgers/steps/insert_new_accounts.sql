insert into ledgers.accounts (account_id, name, industry, region, country, channel, owner, import_id)
select account_id, name, industry, region, country, channel, owner, $import_id
from temp.new_accounts
returning 1;
