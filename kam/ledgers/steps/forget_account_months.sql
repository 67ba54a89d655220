delete from ledgers.account_month;
