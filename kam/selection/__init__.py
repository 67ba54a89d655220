"""Selection: written eligibility criteria, the verdict on every account, admission, selection cycles and exceptions.

Relations: selection.verdicts (every account judged in one pass), selection.verdict_changes, selection.ledger_state,
selection.exception_list(as_of), selection.exception_years, selection.assessment_states and strength_states (what
counts on a day), selection.assessed (the same by account). What no ledger says is assessed: dated judgements and the
customer's success factors, with evidence, until they go stale.
"""

from kam.selection.admission import admit, seen_verdict
from kam.selection.adoption import AdoptedCriteria, adopt, adopted, adopted_set, adoptions, check_adoptable
from kam.selection.assessed_measures import ASSESSED, ENTERED, RELATIVE_STRENGTH
from kam.selection.assessed_records import Evidence, assessments, evidence_of, evidence_on, record_assessment, stale_day
from kam.selection.assessment import Assessment, Judging, Tally, assess, assess_account, candidates, judging, tally
from kam.selection.comparison import Changes, compare
from kam.selection.criteria import AXES, CriteriaSet, Gate, Score
from kam.selection.criteria_file import read_criteria, starter_criteria, written_criteria
from kam.selection.cycle_assessing import assess_cycle
from kam.selection.cycle_deciding import DECIDABLE, Decided, decide_cycle, put_in_force
from kam.selection.cycle_list import Cycle, abandon_cycle, cycle_of, cycles, open_cycle, unfinished
from kam.selection.cycle_record import changed_records, cycle_accounts, decided_and_now, gates_then_and_now
from kam.selection.exception_register import (
    EXCEPTION_GROUNDS,
    ExceptionRequest,
    exception_requests,
    request_exception,
)
from kam.selection.firmness import Field, Firmness, WhatIf, field, firmness, preference, what_if
from kam.selection.forbidden import GROUNDS, REVENUE_ALONE, ForbiddenGround
from kam.selection.gaps import AssessedAccount, assessed_accounts
from kam.selection.how_many import Considered, HowMany, how_many
from kam.selection.matrix import CATEGORIES
from kam.selection.measures import CATALOGUE as MEASURES
from kam.selection.planned_positions import PlannedPosition, plan_position, planned_positions
from kam.selection.portfolio import Portfolio, PortfolioAccount, portfolio
from kam.selection.standing import Standing, side_by_side, standing
from kam.selection.success_factors import (
    StrengthAssessment,
    SuccessFactor,
    record_strength,
    strength_assessment,
    strength_of,
)
from kam.selection.suspension import suspend, suspending
from kam.selection.verdicts import (
    AccountVerdict,
    GateVerdict,
    ScoreSeen,
    account_verdict,
    because,
    distance_told,
    gate_document,
    told_apart,
)

__all__ = [
    "ASSESSED",
    "AXES",
    "CATEGORIES",
    "DECIDABLE",
    "ENTERED",
    "EXCEPTION_GROUNDS",
    "GROUNDS",
    "MEASURES",
    "RELATIVE_STRENGTH",
    "REVENUE_ALONE",
    "AccountVerdict",
    "AdoptedCriteria",
    "AssessedAccount",
    "Assessment",
    "Changes",
    "Considered",
    "CriteriaSet",
    "Cycle",
    "Decided",
    "Evidence",
    "ExceptionRequest",
    "Field",
    "Firmness",
    "ForbiddenGround",
    "Gate",
    "GateVerdict",
    "HowMany",
    "Judging",
    "PlannedPosition",
    "Portfolio",
    "PortfolioAccount",
    "Score",
    "ScoreSeen",
    "Standing",
    "StrengthAssessment",
    "SuccessFactor",
    "Tally",
    "WhatIf",
    "abandon_cycle",
    "account_verdict",
    "admit",
    "adopt",
    "adopted",
    "adopted_set",
    "adoptions",
    "assess",
    "assess_account",
    "assess_cycle",
    "assessed_accounts",
    "assessments",
    "because",
    "candidates",
    "changed_records",
    "check_adoptable",
    "compare",
    "cycle_accounts",
    "cycle_of",
    "cycles",
    "decide_cycle",
    "decided_and_now",
    "distance_told",
    "evidence_of",
    "evidence_on",
    "exception_requests",
    "field",
    "firmness",
    "gate_document",
    "gates_then_and_now",
    "how_many",
    "judging",
    "open_cycle",
    "plan_position",
    "planned_positions",
    "portfolio",
    "preference",
    "put_in_force",
    "read_criteria",
    "record_assessment",
    "record_strength",
    "request_exception",
    "seen_verdict",
    "side_by_side",
    "stale_day",
    "standing",
    "starter_criteria",
    "strength_assessment",
    "strength_of",
    "suspend",
    "suspending",
    "tally",
    "told_apart",
    "unfinished",
    "what_if",
    "written_criteria",
]
