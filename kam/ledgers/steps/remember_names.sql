-- Twice where another import came between checking and writing: names go back to what the file says first.
alter table temp.staged add column if not exists named_account_id varchar;
update temp.staged set account_id = named_account_id, named_account_id = null where named_account_id is not null;
