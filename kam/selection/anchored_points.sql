-- selection.anchored_points(measured DOUBLE, anchor_values DOUBLE[], anchor_points DOUBLE[])
-- One figure: the points 0..10 of a measured value, linear between the anchors and level outside them (METHOD 1.3), to
-- nine decimals; null where the value is unknown. anchor_values rise.
-- The first nine anchors are written out: where the anchors are constants, what is not there is folded away and the
-- rest is plain arithmetic. A lambda over the lists takes ten times as long; it is left for more anchors than nine.
create or replace macro selection.anchored_points(measured DOUBLE, anchor_values DOUBLE[], anchor_points DOUBLE[]) as
    case
        when measured <= anchor_values[1] then anchor_points[1]
        when measured <= anchor_values[2] then round(
            (anchor_points[1] + (anchor_points[2] - anchor_points[1])
                * (measured - anchor_values[1]) / (anchor_values[2] - anchor_values[1])) * 1e9
        ) / 1e9
        when measured <= anchor_values[3] then round(
            (anchor_points[2] + (anchor_points[3] - anchor_points[2])
                * (measured - anchor_values[2]) / (anchor_values[3] - anchor_values[2])) * 1e9
        ) / 1e9
        when measured <= anchor_values[4] then round(
            (anchor_points[3] + (anchor_points[4] - anchor_points[3])
                * (measured - anchor_values[3]) / (anchor_values[4] - anchor_values[3])) * 1e9
        ) / 1e9
        when measured <= anchor_values[5] then round(
            (anchor_points[4] + (anchor_points[5] - anchor_points[4])
                * (measured - anchor_values[4]) / (anchor_values[5] - anchor_values[4])) * 1e9
        ) / 1e9
        when measured <= anchor_values[6] then round(
            (anchor_points[5] + (anchor_points[6] - anchor_points[5])
                * (measured - anchor_values[5]) / (anchor_values[6] - anchor_values[5])) * 1e9
        ) / 1e9
        when measured <= anchor_values[7] then round(
            (anchor_points[6] + (anchor_points[7] - anchor_points[6])
                * (measured - anchor_values[6]) / (anchor_values[7] - anchor_values[6])) * 1e9
        ) / 1e9
        when measured <= anchor_values[8] then round(
            (anchor_points[7] + (anchor_points[8] - anchor_points[7])
                * (measured - anchor_values[7]) / (anchor_values[8] - anchor_values[7])) * 1e9
        ) / 1e9
        when measured <= anchor_values[9] then round(
            (anchor_points[8] + (anchor_points[9] - anchor_points[8])
                * (measured - anchor_values[8]) / (anchor_values[9] - anchor_values[8])) * 1e9
        ) / 1e9
        when measured >= anchor_values[-1] then anchor_points[-1]
        when measured is not null and len(anchor_values) > 9 then round((anchor_points[1] + list_sum(list_transform(
            anchor_values[2:],
            lambda upper, i:
                (anchor_points[i + 1] - anchor_points[i])
                * (least(greatest(measured, anchor_values[i]), upper) - anchor_values[i])
                / (upper - anchor_values[i])
        ))) * 1e9) / 1e9
    end;
