-- portfolio.custom_values(as_of DATE)
-- One row: what a field that people defined says of an account on as_of.
-- Columns:
--   account_id    the account
--   field         the field
--   kind          text, number, date, choice or yes_no
--   value         as ISO text
--   number_value  of a number
--   date_value    of a date
--   source        by hand, or the file it came from
--   entered_on    since when
--   entered_by    who entered it
create or replace macro portfolio.custom_values(as_of DATE) as table
with latest as (
    select *
    from portfolio.field_entries
    where entered_on <= as_of
    qualify row_number() over (partition by account_id, field order by entered_on desc, entry_id desc) = 1
)
select
    latest.account_id,
    latest.field,
    fields.kind,
    latest.value,
    case when fields.kind = 'number' then try_cast(latest.value as double) end as number_value,
    case when fields.kind = 'date' then try_cast(latest.value as date) end as date_value,
    latest.source,
    latest.entered_on,
    latest.entered_by
from latest
join portfolio.fields as fields on fields.field = latest.field
where latest.value is not null;
