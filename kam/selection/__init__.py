"""Selection: written eligibility criteria, the verdict on every account, and admission to the programme.

Relations: selection.verdicts (every account judged in one pass), selection.verdict_changes.
"""

from kam.selection.admission import admit, seen_verdict
from kam.selection.adoption import AdoptedCriteria, adopt, adopted, adopted_set, adoptions, check_adoptable
from kam.selection.assessment import Assessment, Judging, Tally, assess, assess_account, candidates, judging, tally
from kam.selection.comparison import Changes, compare
from kam.selection.criteria import AXES, CriteriaSet, Gate, Score
from kam.selection.criteria_file import read_criteria, starter_criteria, written_criteria
from kam.selection.firmness import Field, Firmness, WhatIf, field, firmness, preference, what_if
from kam.selection.forbidden import GROUNDS, REVENUE_ALONE, ForbiddenGround
from kam.selection.how_many import Considered, HowMany, how_many
from kam.selection.matrix import CATEGORIES
from kam.selection.measures import CATALOGUE as MEASURES
from kam.selection.portfolio import Portfolio, PortfolioAccount, portfolio
from kam.selection.standing import Standing, side_by_side, standing
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
    "AXES",
    "CATEGORIES",
    "GROUNDS",
    "MEASURES",
    "REVENUE_ALONE",
    "AccountVerdict",
    "AdoptedCriteria",
    "Assessment",
    "Changes",
    "Considered",
    "CriteriaSet",
    "Field",
    "Firmness",
    "ForbiddenGround",
    "Gate",
    "GateVerdict",
    "HowMany",
    "Judging",
    "Portfolio",
    "PortfolioAccount",
    "Score",
    "ScoreSeen",
    "Standing",
    "Tally",
    "WhatIf",
    "account_verdict",
    "admit",
    "adopt",
    "adopted",
    "adopted_set",
    "adoptions",
    "assess",
    "assess_account",
    "because",
    "candidates",
    "check_adoptable",
    "compare",
    "distance_told",
    "field",
    "firmness",
    "gate_document",
    "how_many",
    "judging",
    "portfolio",
    "preference",
    "read_criteria",
    "seen_verdict",
    "side_by_side",
    "standing",
    "starter_criteria",
    "tally",
    "told_apart",
    "what_if",
    "written_criteria",
]
