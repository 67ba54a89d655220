select count(*) from temp.new_accounts;
