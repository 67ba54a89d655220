-- value.category_margins_in_force(as_of DATE)
-- One row: a product category with the margin rate that is assumed on as_of where product cost is missing.
-- The latest date up to as_of counts; of two for one date the later decision.
-- Columns:
--   category  the product category, as in the product master
--   margin_rate  margin on revenue, share; null where it was adopted as unknown
--   valid_from  date from which it holds
--   source  who or what says so
--   adopted_by  who adopted it
create or replace macro value.category_margins_in_force(as_of DATE) as table
select category, margin_rate, valid_from, source, adopted_by
from value.category_margins
where valid_from <= as_of
qualify row_number() over (partition by category order by valid_from desc, adoption_id desc) = 1;
