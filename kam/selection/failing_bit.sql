-- selection.failing_bit(number INTEGER, measured DOUBLE, at_least DOUBLE, at_most DOUBLE)
-- One figure: bit number − 1 where the measured value lies outside its bounds, else 0. A bound that is
-- null bounds nothing; an unknown value fails no gate.
create or replace macro selection.failing_bit(number INTEGER, measured DOUBLE, at_least DOUBLE, at_most DOUBLE) as
    case when measured < at_least or measured > at_most then 1::bigint << (number - 1) else 0::bigint end;
