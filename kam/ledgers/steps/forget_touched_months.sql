delete from ledgers.touched_months;
