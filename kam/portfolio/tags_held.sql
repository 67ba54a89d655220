-- portfolio.tags_held(as_of DATE)
-- One row: a tag that an account carries on as_of.
-- Columns:
--   account_id  the account
--   dimension   the tag's dimension
--   tag         the tag
--   label       dimension: tag
--   tagged_on   since when
--   tagged_by   who put it there
create or replace macro portfolio.tags_held(as_of DATE) as table
select account_id, dimension, tag, dimension || ': ' || tag as label, tagged_on, tagged_by
from (
    select *
    from portfolio.tag_events
    where tagged_on <= as_of
    qualify row_number() over (partition by account_id, dimension, tag order by tagged_on desc, event_id desc) = 1
)
where not is_withdrawn;
