-- Lines without a number are counted in file order within their order; rejected and left-out lines count too, so
-- that a line keeps its number when the file is corrected.
select
    staged.* replace (
        coalesce(
            line_no,
            case
                when fault is null and order_id is not null
                    then row_number() over (partition by order_id, fault is null order by place)
            end
        )::integer as line_no
    )
from temp.staged as staged;
