-- The exchange rates that rows of the files wait for: currency, first day of the month, rows.
select priced.currency, cast(date_trunc('month', priced.priced_on) as date) as month, count(*)
from temp.problems as problems
join temp.priced as priced on priced.place = problems.place
where problems.reason = 'missing_rate'
group by all
order by 1, 2;
