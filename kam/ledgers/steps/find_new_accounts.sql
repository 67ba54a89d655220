-- Accounts that the file names and the master lacks, with what the first line of each says about it.
create or replace temp table new_accounts as
with firsts as (
    select account_id, min(place) as place from temp.ready group by account_id
)
select
    ready.account_id,
    coalesce(ready.made_name, ready.account_id) as name,
    ready.made_industry as industry,
    ready.made_region as region,
    ready.made_country as country,
    ready.made_channel as channel,
    ready.made_owner as owner
from firsts
anti join ledgers.accounts as held on held.account_id = firsts.account_id
join temp.ready as ready on ready.place = firsts.place;
