-- Costs that are traced to one account before anything is allocated, and what is taken off the invoice afterwards.
-- Append-only: a mistake is withdrawn with a reason and recorded anew.
create table value.direct_costs (
    cost_id bigint primary key,
    account_id varchar not null,
    kind varchar not null,
    is_off_invoice boolean not null,               -- a rebate, bonus or allowance: below the invoice price
    description varchar not null,
    period_from date not null,
    period_to date not null,                       -- inclusive
    amount decimal(18, 2) not null check (amount >= 0),   -- 0: looked into, nothing there
    within_pool varchar,                           -- the pool whose stated cost contains it; taken out of that pool
    source varchar not null,
    reason varchar not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

create table value.direct_cost_withdrawals (
    cost_id bigint primary key,
    reason varchar not null,
    withdrawn_by varchar not null,
    withdrawn_at timestamp not null
);

-- The margin assumed where product cost is missing, by product category and date; null: unknown from then on.
create table value.category_margins (
    adoption_id bigint primary key,
    category varchar not null,
    valid_from date not null,
    margin_rate decimal(12, 8),
    source varchar not null,
    adopted_by varchar not null,
    adopted_at timestamp not null
);
