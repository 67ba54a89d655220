-- everyday.referral_list(as_of DATE)
-- One row: a referral that was given up to as_of, with what became of it.
-- Columns:
--   referral_id               the referral
--   account_id                who gave it
--   name                      the account's name; its id where the account master no longer has it
--   owner                     its account manager, as in the master
--   is_key_account            true where it is in the programme on as_of
--   prospect                  who was named to us
--   given_on                  the day
--   asked_on                  when we had asked; null where nobody had
--   note                      what was said
--   referral_state            open, won, lost
--   happened_on               when it was won or lost; null while open
--   won_account_id            the customer that it became; null where that is none of the account master
--   won_name                  that customer's name
--   would_have_come           true where it would have come anyway; null while open or unknown
--   gross_margin_amount       gross margin of the won customer, reporting currency; null where unknown
--   incentive_amount          what we gave for the referral, reporting currency; null where unknown
--   marketing_amount          what we spent on it, reporting currency; null where unknown
--   acquisition_saved_amount  what winning a customer otherwise costs, reporting currency; null where unknown
--   credited_share            of the win: as the won customer stated; else what others' statements leave, in equal shares; null while
--                             not won. All shares of one win come to 1 at most
--   value_amount              credited_share × (would_have_come ? saved : margin − incentive − marketing + saved), reporting currency;
--                             an incentive or marketing that was not stated is none; null while not won, or where a part is unknown
--   evidence                  what the outcome rests on; null while open
create or replace macro everyday.referral_list(as_of DATE) as table
with ended as (
    select *
    from everyday.referral_outcomes
    where happened_on <= as_of
    qualify row_number() over (partition by referral_id order by outcome_id desc) = 1
),
known as (
    select
        referrals.*,
        asks.asked_on,
        coalesce(ended.outcome, 'open') as referral_state,
        ended.happened_on,
        ended.won_account_id,
        ended.would_have_come,
        ended.gross_margin_amount,
        ended.incentive_amount,
        ended.marketing_amount,
        ended.acquisition_saved_amount,
        ended.stated_share,
        ended.evidence,
        -- A win that is no account of the master stands for itself.
        coalesce(ended.won_account_id, 'referral ' || referrals.referral_id) as win
    from everyday.referrals
    left join ended on ended.referral_id = referrals.referral_id
    left join everyday.referral_asks as asks on asks.ask_id = referrals.ask_id
    where referrals.given_on <= as_of
),
credited as (
    select
        *,
        case
            when referral_state <> 'won' then null
            else coalesce(
                stated_share,
                greatest(0, 1 - coalesce(sum(stated_share) filter (where referral_state = 'won') over (partition by win), 0))
                / count(*) filter (where referral_state = 'won' and stated_share is null) over (partition by win)
            )
        end as credited_share
    from known
)
select
    credited.referral_id,
    credited.account_id,
    coalesce(accounts.name, credited.account_id) as name,
    accounts.owner,
    roster.account_id is not null as is_key_account,
    credited.prospect,
    credited.given_on,
    credited.asked_on,
    credited.note,
    credited.referral_state,
    credited.happened_on,
    credited.won_account_id,
    won.name as won_name,
    credited.would_have_come,
    credited.gross_margin_amount,
    credited.incentive_amount,
    credited.marketing_amount,
    credited.acquisition_saved_amount,
    credited.credited_share,
    cast(
        round(
            credited.credited_share * case
                when credited.would_have_come then credited.acquisition_saved_amount
                else credited.gross_margin_amount - coalesce(credited.incentive_amount, 0) - coalesce(credited.marketing_amount, 0)
                    + credited.acquisition_saved_amount
            end,
            2
        ) as decimal(18, 2)
    ) as value_amount,
    credited.evidence
from credited
left join ledgers.accounts on accounts.account_id = credited.account_id
left join ledgers.accounts as won on won.account_id = credited.won_account_id
left join programme.roster(as_of) as roster on roster.account_id = credited.account_id;
