-- value.cost_model_in_force(as_of DATE)
-- One row: the adopted cost model with the latest valid_from up to as_of; of two for one date the later decision.
-- No row where none is in force.
-- Columns:
--   model_id  the model
--   name  what it is called
--   valid_from  date from which it holds
--   source  where its figures come from
--   reason  why it was adopted
--   adopted_by  who adopted it
--   adopted_at  when, UTC
create or replace macro value.cost_model_in_force(as_of DATE) as table
select model_id, name, valid_from, source, reason, adopted_by, adopted_at
from value.cost_models
where valid_from <= as_of
qualify row_number() over (order by valid_from desc, model_id desc) = 1;
