"""KAM Workbench: choose key accounts deliberately, value them rightly, stand behind them for years.

The map, from the ground up (a room imports only from rooms below it):

    errors, units, words, relations     refusals; units of measure; interface language; the SQL catalogue
    store                               the only code that knows DuckDB
    access, parameters                  who acts; every threshold and rate with date, unit and source
    ledgers                             facts: imported tables, and the account-month roll-up
    segments                            tags, recency and rhythm, concentration
    value                               cost to serve, contribution, lifetime value
    programme                           the roster of key accounts
    selection                           eligibility criteria, verdicts, admission
    sponsorship                         our executive sponsors
    portfolio                           tags, segments, grades and follow-ups over all accounts
    reviews, benchmarking               account reviews; the yearly benchmark round
    privacy                             a customer's person: data handed out and erased
    verification, demonstration         whether a database is sound; a made-up programme in full operation
    ui, command_line                    the two front ends
"""

__version__ = "0.1.0"
