"""What an account is worth: cost to serve, contribution, lifetime value, the whale curve.

The relation `value.account_measures(as_of, level)` has every measure of every account. Formulas without store stand in
`kam.value.models`.
"""

from kam.value.account_value import AccountValue, account_value, account_values
from kam.value.action_proposals import ACTION_KINDS, Proposal, action_proposals
from kam.value.actions import OUTCOMES, FollowUp, close_cost_action, decide_action, follow_ups
from kam.value.category_margins import assume_category_margin, category_margins, product_categories
from kam.value.cost_model import DRIVERS, Activity, CostModel, Head, Period, Pool, Term
from kam.value.cost_model_file import (
    cost_model_rows,
    cost_model_terms,
    cost_model_text,
    read_cost_model,
    written_cost_model,
)
from kam.value.cost_models import (
    AdoptedCostModel,
    adopt_cost_model,
    adopted_cost_model,
    cost_model_adoptions,
    open_days,
    starter_cost_model,
)
from kam.value.direct_cost_file import read_direct_costs
from kam.value.direct_costs import (
    DIRECT_KINDS,
    OFF_INVOICE_KINDS,
    SERVING_KINDS,
    DirectCost,
    record_direct_costs,
    withdraw_direct_cost,
)
from kam.value.drivers import DRIVER_NAMES, ServingDriver, driver_of, serving_drivers
from kam.value.explanations import LIFETIME_SOURCE, Explanation, explained, lifetime_inputs
from kam.value.forecast_check import forecast_check
from kam.value.measures import LEDGER_RULE, MEASURES, Measure
from kam.value.outlook import Outlook, Outlooks, outlooks
from kam.value.profit_and_loss import Line, ProfitAndLoss, capital_rule, profit_and_loss
from kam.value.reconciliation import PoolUse, Reconciliation, reconciliation
from kam.value.time_equation import KINDS, VARIABLES, minutes_of, told_volume
from kam.value.whale import WhaleCurve, whale_curve, whale_places

__all__ = [
    "ACTION_KINDS",
    "DIRECT_KINDS",
    "DRIVERS",
    "DRIVER_NAMES",
    "KINDS",
    "LEDGER_RULE",
    "LIFETIME_SOURCE",
    "MEASURES",
    "OFF_INVOICE_KINDS",
    "OUTCOMES",
    "SERVING_KINDS",
    "VARIABLES",
    "AccountValue",
    "Activity",
    "AdoptedCostModel",
    "CostModel",
    "DirectCost",
    "Explanation",
    "FollowUp",
    "Head",
    "Line",
    "Measure",
    "Outlook",
    "Outlooks",
    "Period",
    "Pool",
    "PoolUse",
    "ProfitAndLoss",
    "Proposal",
    "Reconciliation",
    "ServingDriver",
    "Term",
    "WhaleCurve",
    "account_value",
    "account_values",
    "action_proposals",
    "adopt_cost_model",
    "adopted_cost_model",
    "assume_category_margin",
    "capital_rule",
    "category_margins",
    "close_cost_action",
    "cost_model_adoptions",
    "cost_model_rows",
    "cost_model_terms",
    "cost_model_text",
    "decide_action",
    "driver_of",
    "explained",
    "follow_ups",
    "forecast_check",
    "lifetime_inputs",
    "minutes_of",
    "open_days",
    "outlooks",
    "product_categories",
    "profit_and_loss",
    "read_cost_model",
    "read_direct_costs",
    "reconciliation",
    "record_direct_costs",
    "serving_drivers",
    "starter_cost_model",
    "told_volume",
    "whale_curve",
    "whale_places",
    "withdraw_direct_cost",
    "written_cost_model",
]
