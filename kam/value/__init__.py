"""What an account is worth: cost to serve, contribution, lifetime value, the whale curve.

The relation `value.account_measures(as_of, level)` has every measure of every account. Formulas without store stand in
`kam.value.models`.
"""

from kam.value.account_value import AccountValue, account_value, account_values
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
from kam.value.forecast_check import forecast_check
from kam.value.measures import LEDGER_RULE, MEASURES, Measure
from kam.value.outlook import Outlook, Outlooks, outlooks
from kam.value.profit_and_loss import Line, ProfitAndLoss, capital_rule, profit_and_loss
from kam.value.reconciliation import PoolUse, Reconciliation, reconciliation
from kam.value.whale import WhaleCurve, whale_curve

__all__ = [
    "DRIVERS",
    "LEDGER_RULE",
    "LIFETIME_SOURCE",
    "MEASURES",
    "AccountValue",
    "Activity",
    "AdoptedCostModel",
    "CostModel",
    "Explanation",
    "Head",
    "Line",
    "Measure",
    "Outlook",
    "Outlooks",
    "Period",
    "Pool",
    "PoolUse",
    "ProfitAndLoss",
    "Reconciliation",
    "WhaleCurve",
    "account_value",
    "account_values",
    "adopt_cost_model",
    "adopted_cost_model",
    "capital_rule",
    "cost_model_adoptions",
    "cost_model_rows",
    "cost_model_text",
    "explained",
    "forecast_check",
    "lifetime_inputs",
    "open_days",
    "outlooks",
    "profit_and_loss",
    "read_cost_model",
    "reconciliation",
    "starter_cost_model",
    "whale_curve",
    "written_cost_model",
]
