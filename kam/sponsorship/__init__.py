"""Our executives behind key accounts: one active sponsor each, load, contacts, and a proposed assignment.

"Sponsor" here is always our executive sponsor; a customer's sponsor is a role of a contact.

Relations: sponsorship.standing(as_of), sponsorship.roster_sponsors(as_of), sponsorship.executive_load(as_of),
sponsorship.executive_contacts(as_of, months), sponsorship.decision_list.
"""

from kam.sponsorship.decisions import Assigned, Decision, assign, history, relieve
from kam.sponsorship.findings import Checked, Finding, check
from kam.sponsorship.fit import PARTS, Fit
from kam.sponsorship.matching import Matching, candidates, match
from kam.sponsorship.proposal import Proposal, Proposed, accept, propose

__all__ = [
    "PARTS",
    "Assigned",
    "Checked",
    "Decision",
    "Finding",
    "Fit",
    "Matching",
    "Proposal",
    "Proposed",
    "accept",
    "assign",
    "candidates",
    "check",
    "history",
    "match",
    "propose",
    "relieve",
]
