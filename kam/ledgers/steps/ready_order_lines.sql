-- The lines that can be written. Amounts in the reporting currency, rounded to the cent at the line; the file's own amounts beside them.
create or replace temp view ready as
select
    staged.* exclude (fault, fault_at, raw, left_out, suspect) replace (
        coalesce(staged.currency, (select currency from temp.reporting)) as currency,
        case when rates.rate is null then staged.net_revenue
            else cast(round(staged.net_revenue * rates.rate, 2) as decimal(18, 2)) end as net_revenue,
        case when rates.rate is null then staged.list_revenue
            else cast(round(staged.list_revenue * rates.rate, 2) as decimal(18, 2)) end as list_revenue,
        case when rates.rate is null then staged.cogs
            else cast(round(staged.cogs * rates.rate, 2) as decimal(18, 2)) end as cogs
    ),
    staged.net_revenue as original_net_revenue,
    staged.list_revenue as original_list_revenue,
    staged.cogs as original_cogs
from temp.staged as staged
anti join temp.problems as problems on problems.place = staged.place
left join temp.day_rates as rates
    on rates.currency = staged.currency and rates.priced_on = staged.order_date
where staged.fault is null and not staged.left_out;

create or replace temp view priced_ready as
select place, currency, original_net_revenue as amount
from temp.ready;
