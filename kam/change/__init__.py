"""The programme as a change of how the company works: its seven steps, its roadmap, and the readiness of each function.

Relations: change.counts(as_of), change.judged_steps(as_of), change.milestone_list(as_of),
change.function_readiness(as_of); change.function_code(name) reads the name of a function.
"""

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
    "FUNCTIONS",
    "ORIGINS",
    "STATES",
    "STEPS",
    "Check",
    "Milestone",
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
    "state_function",
    "state_of",
    "step_states",
]
