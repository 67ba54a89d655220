-- The classified lines that fit, by kind and currency, in the currency of the file; and the ordinary ones beside them.
select
    coalesce(line_kind, ''),
    coalesce(is_revenue, true),
    currency,
    count(*),
    cast(sum(original_net_revenue) as decimal(38, 2))
from temp.ready
group by all
order by 1, 3, 2;
