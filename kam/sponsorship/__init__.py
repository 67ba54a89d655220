"""Our executives behind key accounts: one active sponsor each, load, contacts, and a proposed assignment.

"Sponsor" here is always our executive sponsor; a customer's sponsor is a role of a contact.

Relations: sponsorship.standing(as_of), roster_sponsors(as_of), executive_load(as_of), account_hours(as_of),
cadence(as_of), touches(as_of), appointment_list(as_of), promise_list(as_of), vetoes(as_of), vetoed_pairs(as_of), locks(as_of),
deputies(as_of), executive_standing(as_of), contact_habits(as_of), people_met(as_of), account_news(as_of),
fit_fact_list(as_of), executive_contacts(as_of, months), executive_names, decision_list.
"""

from kam.sponsorship.appointments import (
    KINDS,
    OCCASIONS,
    Planned,
    cancel_contact,
    hold_contact,
    plan_contact,
    write_brief,
)
from kam.sponsorship.brief import Brief, Thing, brief, three_things
from kam.sponsorship.checks import VETOES
from kam.sponsorship.decisions import Assigned, Decision, assign, history, relieve
from kam.sponsorship.executives import give_hours, record_leaving, record_return
from kam.sponsorship.findings import Checked, Finding, check
from kam.sponsorship.fit import FUNCTIONS, PARTS, Fit
from kam.sponsorship.fit_facts import note_agenda, note_development
from kam.sponsorship.matching import Matching, candidates, match
from kam.sponsorship.overview import Overview, cover_told, overview
from kam.sponsorship.patterns import Pattern, patterns
from kam.sponsorship.promises import Promise, close_promise, make_promise, write_closing
from kam.sponsorship.proposal import Proposal, Proposed, accept, propose
from kam.sponsorship.standing_by import lock, name_deputy, stand_down, unlock
from kam.sponsorship.vetoes import declare_veto, withdraw_veto

__all__ = [
    "FUNCTIONS",
    "KINDS",
    "OCCASIONS",
    "PARTS",
    "VETOES",
    "Assigned",
    "Brief",
    "Checked",
    "Decision",
    "Finding",
    "Fit",
    "Matching",
    "Overview",
    "Pattern",
    "Planned",
    "Promise",
    "Proposal",
    "Proposed",
    "Thing",
    "accept",
    "assign",
    "brief",
    "cancel_contact",
    "candidates",
    "check",
    "close_promise",
    "cover_told",
    "declare_veto",
    "give_hours",
    "history",
    "hold_contact",
    "lock",
    "make_promise",
    "match",
    "name_deputy",
    "note_agenda",
    "note_development",
    "overview",
    "patterns",
    "plan_contact",
    "propose",
    "record_leaving",
    "record_return",
    "relieve",
    "stand_down",
    "three_things",
    "unlock",
    "withdraw_veto",
    "write_brief",
    "write_closing",
]
