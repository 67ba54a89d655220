"""What is planned with an account, what may still be won there, what was promised, and whether it is kept.

Relations (as_of): progress, objective_list, action_list, risk_list, swot_list, whitespace, opportunity_list, funnel,
contract_notices, commitment_list, complaint_list, concession_list, account_service, function_service.
"""

from kam.plans.complaints import answer, close_complaint, decide_offer, offer, receive
from kam.plans.copy_for_customer import CustomerItems, customer_copy, customer_items
from kam.plans.kinds import CUSTOMER_MEASURES, HOLDERS, KINDS, OBJECTIVE_MEASURES, SEVERITIES, Field, Kind
from kam.plans.observations import note_value, observe_commitment
from kam.plans.opportunities import change_opportunity, make_opportunity, opportunity_of_cell, take_stock
from kam.plans.periods import PLAN_FIELDS, change_plan, close_plan, content, continue_plan, open_plan
from kam.plans.records import change, kind_of, record, record_all, record_within
from kam.plans.stages import Stage, StageSet, adopt_stages, read_stages, stages_in_force, starter_stages
from kam.plans.template import Practice, functions, practices
from kam.plans.whitespace import NOTE_FIELDS, UNIT_KINDS, Grid, add_unit, grid, group_of, note_cells

__all__ = [
    "CUSTOMER_MEASURES",
    "HOLDERS",
    "KINDS",
    "NOTE_FIELDS",
    "OBJECTIVE_MEASURES",
    "PLAN_FIELDS",
    "SEVERITIES",
    "UNIT_KINDS",
    "CustomerItems",
    "Field",
    "Grid",
    "Kind",
    "Practice",
    "Stage",
    "StageSet",
    "add_unit",
    "adopt_stages",
    "answer",
    "change",
    "change_opportunity",
    "change_plan",
    "close_complaint",
    "close_plan",
    "content",
    "continue_plan",
    "customer_copy",
    "customer_items",
    "decide_offer",
    "functions",
    "grid",
    "group_of",
    "kind_of",
    "make_opportunity",
    "note_cells",
    "note_value",
    "observe_commitment",
    "offer",
    "open_plan",
    "opportunity_of_cell",
    "practices",
    "read_stages",
    "receive",
    "record",
    "record_all",
    "record_within",
    "stages_in_force",
    "starter_stages",
    "take_stock",
]
