-- Which amount of a staged row is in which currency, and the day whose exchange rate converts it.
create or replace temp view priced as
select place, currency, paid_on as priced_on, amount, fault, left_out
from temp.staged;
