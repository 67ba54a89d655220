-- quality.reconciliation
-- One row: a figure that a person typed from another system, beside what the ledger holds for the same days.
-- Columns:
--   figure_id          number of the figure
--   from_on            first day, inclusive
--   to_on              last day, inclusive
--   currency           currency of both amounts, as the lines came in
--   stated_amount      net revenue as the other system has it, in that currency
--   held_amount        net revenue of the ledger's lines of those days in that currency; 0 without a line
--   outside_amount     the part of it that a mapping keeps out of revenue (postage, fees); 0 without such a line
--   difference_amount  held_amount − stated_amount
--   line_count         lines of those days in that currency
--   source             where the figure is from
--   noted_by           who typed it
--   noted_at           when, UTC
-- Left out: figures that were withdrawn.
create or replace view quality.reconciliation as
with held as (
    select
        figures.figure_id,
        coalesce(sum(lines.original_net_revenue), 0)::decimal(18, 2) as held_amount,
        coalesce(sum(lines.original_net_revenue) filter (where lines.is_revenue is not distinct from false), 0)
            ::decimal(18, 2) as outside_amount,
        count(lines.order_id) as line_count
    from quality.control_figures as figures
    left join ledgers.order_lines as lines
        on lines.order_date between figures.from_on and figures.to_on and lines.currency = figures.currency
    group by figures.figure_id
)
select
    figures.figure_id,
    figures.from_on,
    figures.to_on,
    figures.currency,
    figures.amount as stated_amount,
    held.held_amount,
    held.outside_amount,
    (held.held_amount - figures.amount)::decimal(18, 2) as difference_amount,
    held.line_count,
    figures.source,
    figures.noted_by,
    figures.noted_at
from quality.control_figures as figures
join held on held.figure_id = figures.figure_id
where figures.withdrawn_at is null;
