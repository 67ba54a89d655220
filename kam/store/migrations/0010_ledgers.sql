-- Facts: what the company's records say. Filled, replaced and undone by import only.
-- import_id is the import that a row's present values come from. Money without suffix is in the
-- reporting currency; `original_…` holds what the file said, in `currency`.
create schema ledgers;

create table ledgers.imports (
    import_id bigint primary key,
    table_name varchar not null,
    file_name varchar not null,          -- a label, never a path
    file_hash varchar not null,          -- SHA-256 of the content; of several files, in their order
    file_shape varchar,                  -- JSON per file: encoding, delimiter, headings … for the rejects file
    mapping varchar,                     -- the mapping as TOML, as it was applied
    started_at timestamp not null,
    finished_at timestamp not null,
    person_id varchar not null,
    read_count bigint not null,
    inserted_count bigint not null,
    updated_count bigint not null,
    unchanged_count bigint not null,
    rejected_count bigint not null,
    left_out_count bigint not null,
    accounts_created_count bigint not null default 0,
    control_totals varchar not null,     -- JSON: currency -> read, inserted, updated, unchanged, rejected, left_out
    undone_at timestamp,
    undone_by varchar
);

create table ledgers.import_rejects (
    import_id bigint not null,
    file_name varchar,                   -- of an import of several files, the one meant
    line_no bigint,
    column_name varchar,
    original_text varchar,
    reason varchar not null,
    message varchar not null,
    row_text varchar,                    -- JSON: the row in the file's own shape
    numbered_as integer                  -- the line_no that the row would have had, where the file names none
);

-- What an updated row held before the import, so that the import can be undone. row_image is JSON.
create table ledgers.before_images (
    import_id bigint not null,
    table_name varchar not null,
    previous_import_id bigint,
    row_image varchar not null
);

create table ledgers.accounts (
    account_id varchar primary key,
    name varchar not null,
    parent_account_id varchar,
    industry varchar,
    region varchar,
    country varchar,
    channel varchar,
    owner varchar,
    customer_since date,
    payment_terms_days integer,
    website varchar,
    import_id bigint
);

create table ledgers.products (
    product_id varchar primary key,
    name varchar not null,
    category varchar,
    business_unit varchar,
    standard_cost decimal(18, 4),
    import_id bigint
);

-- No primary key: the key (order_id, line_no) is checked as a set when lines arrive, and by `verify`.
create table ledgers.order_lines (
    order_id varchar not null,
    line_no integer not null,
    account_id varchar not null,
    order_date date not null,
    product_id varchar,
    quantity decimal(18, 4) not null,
    net_revenue decimal(18, 2) not null,
    list_revenue decimal(18, 2),
    cogs decimal(18, 2),                 -- as the file gave it; null where the product's standard cost has to serve
    currency varchar not null,
    is_rush boolean,
    original_net_revenue decimal(18, 2) not null,
    original_list_revenue decimal(18, 2),
    original_cogs decimal(18, 2),
    import_id bigint
);

create table ledgers.activities (
    account_id varchar not null,
    activity_code varchar not null,
    occurred_on date not null,
    quantity decimal(18, 4) not null,
    minutes decimal(18, 2),
    import_id bigint
);

create table ledgers.contacts (
    contact_id varchar primary key,
    account_id varchar not null,
    name varchar not null,
    title varchar,
    email varchar,
    phone varchar,
    reports_to varchar,
    role varchar,
    influence integer,
    attitude integer,
    import_id bigint
);

create table ledgers.opportunities (
    opportunity_id varchar primary key,
    account_id varchar not null,
    name varchar not null,
    stage varchar not null,
    amount decimal(18, 2),
    probability double,
    expected_close date,
    product_id varchar,
    owner varchar,
    import_id bigint
);

create table ledgers.contracts (
    contract_id varchar primary key,
    account_id varchar not null,
    name varchar not null,
    start_date date not null,
    end_date date,
    annual_value decimal(18, 2),
    notice_days integer,
    auto_renews boolean,
    import_id bigint
);

create table ledgers.interactions (
    interaction_id varchar primary key,
    account_id varchar not null,
    occurred_on date not null,
    kind varchar not null,
    summary varchar not null,
    "by" varchar,
    contact_id varchar,
    next_step varchar,
    next_step_due date,
    import_id bigint
);

create table ledgers.survey_responses (
    account_id varchar not null,
    answered_on date not null,
    attribute varchar not null,
    importance double,
    performance double,
    scale_points integer,                -- 5 or 7, as named at import
    contact_id varchar,
    import_id bigint
);

create table ledgers.executives (
    executive_id varchar primary key,
    name varchar not null,
    title varchar not null,
    level varchar,
    region varchar,
    industries varchar[],
    languages varchar[],
    max_accounts integer,
    email varchar,
    import_id bigint
);

create table ledgers.account_managers (
    manager_id varchar primary key,
    name varchar not null,
    background varchar,
    region varchar,
    languages varchar[],
    max_accounts integer,
    email varchar,
    import_id bigint
);

create table ledgers.exchange_rates (
    currency varchar not null,
    valid_from date not null,
    rate double not null,                -- reporting currency per unit
    import_id bigint,
    primary key (currency, valid_from)
);

-- The one reading that is kept: account × calendar month, brought up to date for touched months only.
create table ledgers.account_month (
    account_id varchar not null,
    month date not null,                       -- its first day
    net_revenue decimal(18, 2) not null,       -- all lines, returns with their sign
    positive_revenue decimal(18, 2) not null,  -- lines with net revenue > 0
    return_amount decimal(18, 2) not null,     -- −sum of negative net revenue
    list_revenue decimal(18, 2),               -- where every line has one
    cogs decimal(18, 2) not null,              -- of the lines whose cost is known
    uncosted_revenue decimal(18, 2) not null,  -- net revenue of the lines whose cost is unknown
    line_count bigint not null,
    uncosted_line_count bigint not null,
    rush_line_count bigint not null,
    return_line_count bigint not null,         -- lines with negative quantity or negative net revenue
    order_count bigint not null,               -- distinct orders with positive revenue in the month
    order_day_count bigint not null,           -- distinct days with positive revenue in the month
    purchase_days integer not null,            -- those days as a bit mask: bit 0 = the month's first day
    first_order_on date,                       -- of lines with positive revenue
    last_order_on date
);

-- Orders whose positive lines lie in more than one month: distinct orders of a window are the months'
-- counts less these orders' repeats. Usually empty.
create table ledgers.spanning_orders (
    account_id varchar not null,
    order_id varchar not null,
    month date not null
);

-- Account-months whose lines (or whose lines' product costs) changed since account_month was last brought up
-- to date. An import adds the pairs, old and new, in its own transaction. Repeats do no harm.
create table ledgers.touched_months (
    account_id varchar not null,
    month date not null                        -- its first day
);
