-- parameters.effective(as_of DATE)
-- One row: a parameter that has a value on as_of. An adopted value beats the shipped default of the
-- same or an earlier date; of two adoptions for one date the later decision counts.
-- Columns:
--   parameter_id  the parameter's name, capability first
--   value         in its unit; null where it was adopted as unknown
--   unit          what the value is counted in
--   valid_from    date from which it holds
--   source        who or what says so
--   is_adopted    true where the programme adopted it, false for the shipped default
-- Left out: parameters whose first value lies after as_of.
create or replace macro parameters.effective(as_of DATE) as table
with candidates as (
    select parameter_id, value, unit, valid_from, source, true as is_adopted, adoption_id
    from parameters.adopted_values
    where valid_from <= as_of
    union all
    select parameter_id, value, unit, valid_from, source, false, 0
    from parameters.default_values
    where valid_from <= as_of
)
select parameter_id, value, unit, valid_from, source, is_adopted
from candidates
qualify row_number() over (
    partition by parameter_id
    order by is_adopted desc, valid_from desc, adoption_id desc
) = 1;
