-- Old and new places of the lines that come in or change.
insert into ledgers.touched_months
select distinct ready.account_id, cast(date_trunc('month', ready.order_date) as date)
from temp.ready as ready
left join temp.matched as matched on matched.place = ready.place
where matched.place is null or not matched.is_same
union
select distinct held.account_id, cast(date_trunc('month', held.order_date) as date)
from temp.matched as matched
join temp.ready as ready on ready.place = matched.place
join ledgers.order_lines as held on held.order_id = ready.order_id and held.line_no = ready.line_no
where not matched.is_same;
