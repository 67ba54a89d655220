-- selection.unknown_bit(number INTEGER, measured DOUBLE, at_least DOUBLE, at_most DOUBLE)
-- One figure: bit number − 1 where the measured value is unknown and bounded, else 0.
create or replace macro selection.unknown_bit(number INTEGER, measured DOUBLE, at_least DOUBLE, at_most DOUBLE) as
    case
        when coalesce(at_least, at_most) is not null and measured is null then 1::bigint << (number - 1)
        else 0::bigint
    end;
