-- Terms of an activity's time equation: minutes beside the base, per unit of a volume (Kaplan & Anderson 2004).
create table value.cost_terms (
    model_id bigint not null,
    activity_code varchar not null,
    position integer not null,                     -- from 1, as in the model's file
    kind varchar not null,                         -- count, flag or product
    variable varchar not null,                     -- as written: lines, rush, activity:CODE …
    by_variable varchar,                           -- the second factor of a product
    volume varchar not null,                       -- what is counted for it (kam/value/time_equation.py)
    minutes decimal(18, 4) not null,               -- per unit; may be below 0, the equation may not
    name varchar not null,
    primary key (model_id, activity_code, position)
);
