-- selection.weighted(weight DOUBLE, points DOUBLE, unknown DOUBLE)
-- One figure: weight × points, with `unknown` where the points are not known; 0 where there is no weight.
create or replace macro selection.weighted(weight DOUBLE, points DOUBLE, unknown DOUBLE) as
    case when weight is null then 0 else weight * coalesce(points, unknown) end;
