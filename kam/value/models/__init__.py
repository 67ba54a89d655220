"""The formulas of an account's worth, without store or screens.

Every module stands alone and is imported where it is used, because numpy and scipy take a second to load:
`from kam.value.models import margin_multiple`. Sources are named in each docstring; METHOD numbers are the sections of
the methodology the workbench follows. Money is in the reporting currency, rates are annual and effective, shares are
0..1, unless a field says otherwise. Unknown is None; no function turns it into 0.

closed forms       margin_multiple, berger_nasr, migration, referral
account forecast   forecast, scorecard, estimates, simulation, sensitivity
contracts          renewal
whole base         histories, purchase_days, run_rate, bg_nbd, nbd, gamma_gamma, pareto_nbd, spend_range,
                   base_forecast, holdout, customer_equity
account P&L        price_waterfall, working_capital, whale_curve, order_economics
"""
