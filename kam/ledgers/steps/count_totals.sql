-- The controlled amount (net revenue of lines, amount of payments) as the file has it, by its currency: read, and what became of it. Each part is counted by itself, so
-- that they can be held against what was read.
with amounts as (
    select place, coalesce(currency, $reporting) as currency, amount, left_out
    from temp.priced
    where amount is not null
),
parts as (
    select currency, 'read' as part, sum(amount) as total from amounts group by currency
    union all
    select currency, 'left_out', sum(amount) from amounts where left_out group by currency
    union all
    select currency, 'rejected', sum(amount)
    from amounts
    semi join temp.problems as problems on problems.place = amounts.place
    group by currency
    union all
    select ready.currency, 'inserted', sum(ready.amount)
    from temp.priced_ready as ready
    anti join temp.matched as matched on matched.place = ready.place
    group by ready.currency
    union all
    select ready.currency, case when matched.is_same then 'unchanged' else 'updated' end, sum(ready.amount)
    from temp.priced_ready as ready
    join temp.matched as matched on matched.place = ready.place
    group by ready.currency, matched.is_same
)
select
    currency,
    cast(coalesce(sum(total) filter (part = 'read'), 0) as decimal(38, 2)),
    cast(coalesce(sum(total) filter (part = 'inserted'), 0) as decimal(38, 2)),
    cast(coalesce(sum(total) filter (part = 'updated'), 0) as decimal(38, 2)),
    cast(coalesce(sum(total) filter (part = 'unchanged'), 0) as decimal(38, 2)),
    cast(coalesce(sum(total) filter (part = 'rejected'), 0) as decimal(38, 2)),
    cast(coalesce(sum(total) filter (part = 'left_out'), 0) as decimal(38, 2))
from parts
group by currency
order by currency;
