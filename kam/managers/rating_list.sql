-- managers.rating_list(as_of DATE)
-- One row: the latest rating of a manager's competency by one rater up to as_of.
-- Columns:
--   manager_id     the manager
--   competency     the competency
--   rater_kind     self, manager, customer or peer
--   rater          who rated
--   level          1..5
--   rated_on       when
--   evidence       what it rests on
--   model_version  the competency model it was made by
-- Left out: earlier ratings of the same rater, who counts once whatever their part was called.
create or replace macro managers.rating_list(as_of DATE) as table
select manager_id, competency, rater_kind, rater, level, rated_on, evidence, model_version
from managers.ratings
where rated_on <= as_of
qualify
    row_number() over (
        partition by manager_id, competency, rater_kind = 'self', lower(trim(rater))
        order by rated_on desc, rating_id desc
    ) = 1;
