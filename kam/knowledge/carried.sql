-- knowledge.carried(as_of DATE)
-- One row: something that an account is on as_of and that knowledge can be marked with.
-- Columns:
--   account_id  the account
--   about       tag, category, need, stage or industry
--   value       of a tag `dimension: tag`; of others the code, or the industry's name
-- A stage is the customer's word where there is one, else ours.
create or replace macro knowledge.carried(as_of DATE) as table
select account_id, 'tag' as about, label as value
from portfolio.tags_held(as_of)
union all
select account_id, 'category', category
from programme.roster(as_of)
where category is not null
union all
select account_id, 'need', need
from portfolio.grades_held(as_of)
where need is not null
union all
select account_id, 'stage', coalesce(max(stage) filter (where side = 'customers'), max(stage) filter (where side = 'ours'))
from relationships.standing_stages(as_of)
where side in ('customers', 'ours')
group by account_id
union all
select account_id, 'industry', industry
from ledgers.accounts
where industry is not null;
