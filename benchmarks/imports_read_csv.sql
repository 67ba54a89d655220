-- The drawn CSV file with declared types, as a person would load it by hand.
create or replace temp view drawn as
select *
from read_csv(
    getvariable('file'),
    header = true,
    auto_detect = false,
    columns = getvariable('columns')
);
