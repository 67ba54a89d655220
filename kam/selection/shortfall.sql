-- selection.shortfall(measured DOUBLE, at_least DOUBLE, at_most DOUBLE)
-- One figure: how far a value misses its bound, as a share of the bound; null where it does not miss
-- it, is unknown, or the bound is 0.
create or replace macro selection.shortfall(measured DOUBLE, at_least DOUBLE, at_most DOUBLE) as
    case
        when measured < at_least then (at_least - measured) / nullif(abs(at_least), 0)
        when measured > at_most then (measured - at_most) / nullif(abs(at_most), 0)
    end;
