"""What an account is worth: cost to serve, contribution, lifetime value, the whale curve.

The relation `value.account_measures(as_of, level)` has every measure of every account. Formulas without store stand in
`kam.value.models`.
"""

from kam.value.account_value import AccountValue, account_value, account_values
from kam.value.base_outlook import BaseOutlook, base_outlook, method_used
from kam.value.cost_model import DRIVERS, Activity, CostModel, Head, Period, Pool
from kam.value.cost_model_file import cost_model_rows, cost_model_text, read_cost_model, written_cost_model
from kam.value.cost_models import (
    AdoptedCostModel,
    adopt_cost_model,
    adopted_cost_model,
    cost_model_adoptions,
    open_days,
    starter_cost_model,
)
from kam.value.explanations import LIFETIME_SOURCE, Explanation, explained, lifetime_inputs
from kam.value.forecast_check import forecast_check, is_checked
from kam.value.initiatives import (
    Initiative,
    initiatives_of,
    plan_initiative,
    revise_initiative,
    revision_of,
    withdraw_initiative,
)
from kam.value.measures import MEASURES, Measure
from kam.value.outlook import account_outlook, outlooks
from kam.value.outlook_shapes import Outlook, Outlooks, Risk
from kam.value.profit_and_loss import Line, ProfitAndLoss, capital_rule, profit_and_loss
from kam.value.reconciliation import PoolUse, Reconciliation, reconciliation
from kam.value.relational import RELATIONAL_KINDS, rate_relational, relational_of
from kam.value.retention import BASES, Renewals, renewals
from kam.value.retention_calibration import Calibration, adopt_calibration, calibration, told_calibration
from kam.value.risk_scorecard import RISK_FACTORS, Scorecard, rate_risk, retention_table, scorecards
from kam.value.scenarios import (
    LINES,
    Effect,
    Scenario,
    WhatIf,
    keep_scenario,
    scenario_of,
    scenarios,
    what_if,
)
from kam.value.whale import WhaleCurve, whale_curve

__all__ = [
    "BASES",
    "DRIVERS",
    "LIFETIME_SOURCE",
    "LINES",
    "MEASURES",
    "RELATIONAL_KINDS",
    "RISK_FACTORS",
    "AccountValue",
    "Activity",
    "AdoptedCostModel",
    "BaseOutlook",
    "Calibration",
    "CostModel",
    "Effect",
    "Explanation",
    "Head",
    "Initiative",
    "Line",
    "Measure",
    "Outlook",
    "Outlooks",
    "Period",
    "Pool",
    "PoolUse",
    "ProfitAndLoss",
    "Reconciliation",
    "Renewals",
    "Risk",
    "Scenario",
    "Scorecard",
    "WhaleCurve",
    "WhatIf",
    "account_outlook",
    "account_value",
    "account_values",
    "adopt_calibration",
    "adopt_cost_model",
    "adopted_cost_model",
    "base_outlook",
    "calibration",
    "capital_rule",
    "cost_model_adoptions",
    "cost_model_rows",
    "cost_model_text",
    "explained",
    "forecast_check",
    "initiatives_of",
    "is_checked",
    "keep_scenario",
    "lifetime_inputs",
    "method_used",
    "open_days",
    "outlooks",
    "plan_initiative",
    "profit_and_loss",
    "rate_relational",
    "rate_risk",
    "read_cost_model",
    "reconciliation",
    "relational_of",
    "renewals",
    "retention_table",
    "revise_initiative",
    "revision_of",
    "scenario_of",
    "scenarios",
    "scorecards",
    "starter_cost_model",
    "told_calibration",
    "whale_curve",
    "what_if",
    "withdraw_initiative",
    "written_cost_model",
]
