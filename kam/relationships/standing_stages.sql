-- relationships.standing_stages(as_of DATE)
-- One row: an account × a side, with the stage that was last said of it up to as_of.
-- Columns:
--   account_id  the account
--   side        ours, customers, or target (where the relationship is meant to go)
--   stage       exploratory, basic, cooperative, interdependent, integrated or disintegrating
--   evidence    what it rests on; of a target the reason
--   rated_on    the day
--   rated_by    who rated
create or replace macro relationships.standing_stages(as_of DATE) as table
select account_id, side, stage, evidence, rated_on, rated_by
from relationships.stage_ratings
where rated_on <= as_of
qualify row_number() over (partition by account_id, side order by rated_on desc, rating_id desc) = 1;
