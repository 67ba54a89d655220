-- Net revenue as the file has it, by its currency: read, and what became of it.
with amounts as (
    select
        staged.place,
        coalesce(staged.currency, $reporting) as currency,
        staged.net_revenue as amount,
        staged.left_out
    from temp.staged as staged
    where staged.net_revenue is not null
),
rejected as (select distinct place from temp.problems)
select
    amounts.currency,
    cast(sum(amounts.amount) as decimal(38, 2)),
    cast(coalesce(sum(amounts.amount) filter (ready.place is not null and matched.place is null), 0) as decimal(38, 2)),
    cast(coalesce(sum(amounts.amount) filter (matched.is_same = false), 0) as decimal(38, 2)),
    cast(coalesce(sum(amounts.amount) filter (matched.is_same), 0) as decimal(38, 2)),
    cast(coalesce(sum(amounts.amount) filter (rejected.place is not null), 0) as decimal(38, 2)),
    cast(coalesce(sum(amounts.amount) filter (amounts.left_out), 0) as decimal(38, 2))
from amounts
left join (select place from temp.ready) as ready on ready.place = amounts.place
left join temp.matched as matched on matched.place = amounts.place
left join rejected on rejected.place = amounts.place
group by amounts.currency
order by amounts.currency;
