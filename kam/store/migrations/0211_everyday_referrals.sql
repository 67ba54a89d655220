-- Referrals: asked for, given, and what became of them. Rows are added, never edited; the latest outcome counts.

-- An account was asked for a referral at one of the moments to ask, or at another.
create table everyday.referral_asks (
    ask_id bigint primary key,
    account_id varchar not null,
    moment varchar not null check (moment in ('purchase', 'thanks', 'success', 'other')),
    answer varchar not null check (answer in ('open', 'named', 'declined')),
    note varchar not null,
    asked_on date not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- A prospect whom an account named to us. ask_id: null where nobody had asked.
create table everyday.referrals (
    referral_id bigint primary key,
    account_id varchar not null,
    ask_id bigint,
    prospect varchar not null,
    note varchar not null,
    given_on date not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);

-- What became of a referral. Money in the reporting currency; stated_share: what the won customer said this account's word
-- counted for, null where it said nothing.
create table everyday.referral_outcomes (
    outcome_id bigint primary key,
    referral_id bigint not null,
    outcome varchar not null check (outcome in ('won', 'lost')),
    won_account_id varchar,
    would_have_come boolean,
    gross_margin_amount decimal(18, 2),
    incentive_amount decimal(18, 2),
    marketing_amount decimal(18, 2),
    acquisition_saved_amount decimal(18, 2),
    stated_share double check (stated_share between 0 and 1),
    evidence varchar not null,
    happened_on date not null,
    recorded_by varchar not null,
    recorded_at timestamp not null
);
