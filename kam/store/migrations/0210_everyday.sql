-- The work of every day: finding things, asking for referrals, dates to remember.
create schema everyday;
