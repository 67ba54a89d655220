-- Accounts that the file names and the master lacks, with what the first line of each says about it.
create or replace temp table new_accounts as
select
    ready.account_id,
    coalesce(arg_min(ready.made_name, ready.place), ready.account_id) as name,
    arg_min(ready.made_industry, ready.place) as industry,
    arg_min(ready.made_region, ready.place) as region,
    arg_min(ready.made_country, ready.place) as country,
    arg_min(ready.made_channel, ready.place) as channel,
    arg_min(ready.made_owner, ready.place) as owner
from temp.ready as ready
anti join ledgers.accounts as held on held.account_id = ready.account_id
group by ready.account_id;
