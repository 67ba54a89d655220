"""The programme as a change of how the company works: seven steps, roadmap, readiness of each function, and its case.

Relations: change.counts(as_of), change.judged_steps(as_of), change.milestone_list(as_of),
change.function_readiness(as_of), change.case_accounts(as_of); change.function_code(name) reads the name of a function.
"""

from kam.change.case import COSTS, AccountCase, CaseYear, Rate, Span, programme_case, weigh
from kam.change.functions import FUNCTIONS, Statement, function_readiness, state_function
from kam.change.judging import judge_step
from kam.change.roadmap import (
    ORIGINS,
    Milestone,
    change_milestone,
    close_milestone,
    first_circle,
    insert_milestone,
    plan_milestone,
)
from kam.change.steps import STATES, STEPS, Check, StepState, checks_of, state_of, step_states

__all__ = [
    "COSTS",
    "FUNCTIONS",
    "ORIGINS",
    "STATES",
    "STEPS",
    "AccountCase",
    "CaseYear",
    "Check",
    "Milestone",
    "Rate",
    "Span",
    "Statement",
    "StepState",
    "change_milestone",
    "checks_of",
    "close_milestone",
    "first_circle",
    "function_readiness",
    "insert_milestone",
    "judge_step",
    "plan_milestone",
    "programme_case",
    "state_function",
    "state_of",
    "step_states",
    "weigh",
]
