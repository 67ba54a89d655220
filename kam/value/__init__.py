"""What an account is worth: cost to serve, contribution, lifetime value, the whale curve.

The relation `value.account_measures(as_of, level)` has every measure of every account. Formulas without store stand in
`kam.value.models`.
"""

from kam.value.account_value import AccountValue, account_value, account_values
from kam.value.action_proposals import ACTION_KINDS, Proposal, action_proposals
from kam.value.actions import OUTCOMES, FollowUp, close_cost_action, decide_action, follow_ups
from kam.value.base_outlook import BaseOutlook, base_outlook, method_used
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
from kam.value.forecast_check import forecast_check, is_checked
from kam.value.initiatives import (
    Initiative,
    initiatives_of,
    plan_initiative,
    revise_initiative,
    revision_of,
    withdraw_initiative,
)
from kam.value.measures import LEDGER_RULE, MEASURES, Measure
from kam.value.outlook import account_outlook, outlooks
from kam.value.outlook_shapes import Outlook, Outlooks, Risk
from kam.value.profit_and_loss import Line, ProfitAndLoss, capital_rule, profit_and_loss
from kam.value.reconciliation import PoolUse, Reconciliation, reconciliation
from kam.value.relational import RELATIONAL_KINDS, rate_relational, relational_of
from kam.value.retention import BASES, Renewals, renewals
from kam.value.retention_calibration import Calibration, adopt_calibration, calibration, told_calibration
from kam.value.risk_scorecard import RISK_FACTORS, Scorecard, rate_risk, retention_table, scorecards
from kam.value.scenarios import LINES, Effect, Scenario, WhatIf, keep_scenario, scenario_of, scenarios, what_if
from kam.value.time_equation import KINDS, VARIABLES, minutes_of, told_volume
from kam.value.whale import WhaleCurve, whale_curve, whale_places

__all__ = [
    "ACTION_KINDS",
    "BASES",
    "DIRECT_KINDS",
    "DRIVERS",
    "DRIVER_NAMES",
    "KINDS",
    "LEDGER_RULE",
    "LIFETIME_SOURCE",
    "LINES",
    "MEASURES",
    "OFF_INVOICE_KINDS",
    "OUTCOMES",
    "RELATIONAL_KINDS",
    "RISK_FACTORS",
    "SERVING_KINDS",
    "VARIABLES",
    "AccountValue",
    "Activity",
    "AdoptedCostModel",
    "BaseOutlook",
    "Calibration",
    "CostModel",
    "DirectCost",
    "Effect",
    "Explanation",
    "FollowUp",
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
    "Proposal",
    "Reconciliation",
    "Renewals",
    "Risk",
    "Scenario",
    "Scorecard",
    "ServingDriver",
    "Term",
    "WhaleCurve",
    "WhatIf",
    "account_outlook",
    "account_value",
    "account_values",
    "action_proposals",
    "adopt_calibration",
    "adopt_cost_model",
    "adopted_cost_model",
    "assume_category_margin",
    "base_outlook",
    "calibration",
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
    "initiatives_of",
    "is_checked",
    "keep_scenario",
    "lifetime_inputs",
    "method_used",
    "minutes_of",
    "open_days",
    "outlooks",
    "plan_initiative",
    "product_categories",
    "profit_and_loss",
    "rate_relational",
    "rate_risk",
    "read_cost_model",
    "read_direct_costs",
    "reconciliation",
    "record_direct_costs",
    "relational_of",
    "renewals",
    "retention_table",
    "revise_initiative",
    "revision_of",
    "scenario_of",
    "scenarios",
    "scorecards",
    "serving_drivers",
    "starter_cost_model",
    "told_calibration",
    "told_volume",
    "whale_curve",
    "whale_places",
    "what_if",
    "withdraw_direct_cost",
    "withdraw_initiative",
    "written_cost_model",
]
