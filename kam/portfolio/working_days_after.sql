-- portfolio.working_days_after(day DATE, days INTEGER)
-- One figure: the day that many working days (Monday to Friday; public holidays are not known) after a day, date.
-- A Saturday or Sunday counts as the Friday before it.
create or replace macro portfolio.working_days_after(day DATE, days INTEGER) as
    cast(
        day - cast(isodow(day) - 1 as integer)
        + cast((least(isodow(day), 5) - 1 + days) // 5 * 7 + (least(isodow(day), 5) - 1 + days) % 5 as integer)
    as date);
