"""What belongs to the pack of a handover: each part a title, a relation, and the columns that are shown.

Another room adds its part by a line here; nothing else has to change. A part whose relation the workbench does not have is
left out. The account page and the pack read the same relations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kam.words import _

AS_OF, OF_ACCOUNT = "as_of", "of_account"


@dataclass(frozen=True)
class Part:
    """A part of the pack.

    title; relation: a table, view or table macro; columns: (name, label, unit) as `ui.Column` takes them; takes: which
    of AS_OF and OF_ACCOUNT the relation has as parameters; arguments: further ones; is_dear: the reading is kept in
    memory; is_facts: one row, shown as a list of facts; until: a date column that must not
    lie after as_of; known: a column that must be known; unless: a relation that says more, which is shown in its place
    where it exists; order_by: (column, descending); empty: what is missing.
    """

    title: str
    relation: str
    columns: Sequence[tuple[str, str, str]]
    empty: str
    takes: Sequence[str] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    until: str | None = None
    known: str | None = None
    unless: str | None = None
    order_by: tuple[str, bool] | None = None
    is_facts: bool = False
    is_dear: bool = False


PARTS: tuple[Part, ...] = (
    Part(
        _("The account and its value"),
        "programme.account_list",
        [
            ("name", _("Account"), "text"),
            ("category", _("Category"), "status"),
            ("admitted_on", _("Key account since"), "date"),
            ("customer_since", _("Customer since"), "date"),
            ("industry", _("Industry"), "text"),
            ("region", _("Region"), "text"),
            ("country", _("Country"), "text"),
            ("activity_state", _("Buying"), "status"),
            ("last_order_on", _("Last purchase"), "date"),
            ("lifetime_value", _("Lifetime value"), "reporting currency"),
            ("contribution_12m", _("Contribution, 12 months"), "reporting currency"),
            ("cost_to_serve_12m", _("Cost to serve, 12 months"), "reporting currency"),
            ("revenue_12m", _("Revenue, 12 months"), "reporting currency"),
            ("revenue_growth_12m", _("Revenue growth, 12 months"), "share"),
        ],
        _("The account is not in the account master."),
        takes=(AS_OF,),
        arguments={"level": "account"},
        is_facts=True,
        is_dear=True,
    ),
    Part(
        _("Who manages it"),
        "managers.holdings",
        [
            ("manager_name", _("Account manager"), "text"),
            ("appointed_on", _("Appointed"), "date"),
            ("owner", _("Named in the account master"), "text"),
            ("hours", _("Hours a year"), "count"),
        ],
        _("The account is not in the programme on this day."),
        takes=(AS_OF,),
        is_facts=True,
    ),
    Part(
        _("Who stands behind it"),
        "sponsorship.roster_sponsors",
        [
            ("executive_name", _("Our executive sponsor"), "text"),
            ("executive_title", _("Title"), "text"),
            ("assigned_on", _("Since"), "date"),
            ("last_contact_on", _("Last executive visit"), "date"),
            ("contact_state", _("Contact"), "status"),
        ],
        _("The account is not in the programme on this day."),
        takes=(AS_OF,),
        is_facts=True,
    ),
    Part(
        _("People and their attitudes"),
        "relationships.contacts",
        [
            ("name", _("Contact"), "text"),
            ("title", _("Title"), "text"),
            ("role", _("Role"), "text"),
            ("influence", _("Influence, 1 to 5"), "count"),
            ("influence_status", _("Influence is"), "words"),
            ("attitude", _("Attitude, −2 to 2"), "count"),
            ("attitude_status", _("Attitude is"), "words"),
            ("is_blind_spot", _("A blind spot"), "text"),
            ("our_owner", _("Looked after by"), "text"),
            ("strength", _("Contact"), "words"),
            ("last_contact_on", _("Last contact"), "date"),
            ("email", _("Email"), "text"),
        ],
        _("No contact is on record: import contacts."),
        takes=(AS_OF, OF_ACCOUNT),
        order_by=("influence", True),
    ),
    Part(
        _("Stage of the relationship"),
        "relationships.standing_stages",
        [
            ("side", _("As seen by"), "words"),
            ("stage", _("Stage"), "words"),
            ("evidence", _("Evidence"), "text"),
            ("rated_on", _("Rated"), "date"),
            ("rated_by", _("By"), "text"),
        ],
        _("Nobody has rated the stage of the relationship."),
        takes=(AS_OF,),
        order_by=("rated_on", True),
    ),
    Part(
        _("Promises and next steps"),
        "relationships.dealings",
        [
            ("next_step_due", _("Due"), "date"),
            ("next_step", _("Next step"), "text"),
            ("promise_state", _("State"), "status"),
            ("by", _("By"), "text"),
            ("occurred_on", _("Agreed"), "date"),
        ],
        _("No interaction on record names a next step."),
        takes=(AS_OF,),
        known="next_step",
        order_by=("next_step_due", True),
    ),
    Part(
        _("Promises of our executives"),
        "sponsorship.promise_list",
        [
            ("due_on", _("Due"), "date"),
            ("promise", _("Promise"), "text"),
            ("promise_state", _("State"), "status"),
            ("executive_name", _("Made by"), "text"),
            ("owner", _("Owner"), "text"),
            ("made_on", _("Made"), "date"),
        ],
        _("No promise of our executives is on record."),
        takes=(AS_OF,),
        order_by=("due_on", True),
    ),
    Part(
        _("Our commitments"),
        "plans.commitment_list",
        [
            ("commitment", _("Commitment"), "text"),
            ("function", _("Function"), "words"),
            ("owner", _("Owner"), "text"),
            ("due_on", _("Due"), "date"),
            ("commitment_state", _("State"), "status"),
            ("last_evidence", _("Last seen"), "text"),
        ],
        _("No commitment is on record."),
        takes=(AS_OF,),
        order_by=("due_on", False),
    ),
    Part(
        _("Actions of the reviews"),
        "reviews.action_list",
        [
            ("action", _("Action"), "text"),
            ("owner", _("Owner"), "text"),
            ("due_on", _("Due"), "date"),
            ("action_state", _("State"), "status"),
            ("agreed_on", _("Agreed"), "date"),
        ],
        _("No action has been agreed in a review."),
        takes=(AS_OF,),
        order_by=("due_on", True),
    ),
    Part(
        _("Actions of the plan"),
        "plans.action_list",
        [
            ("action", _("Action"), "text"),
            ("owner", _("Owner"), "text"),
            ("due_on", _("Due"), "date"),
            ("action_state", _("State"), "status"),
            ("objective", _("For"), "text"),
            ("outcome", _("Outcome"), "text"),
        ],
        _("The account has no plan with actions."),
        takes=(AS_OF,),
        order_by=("due_on", True),
    ),
    Part(
        _("Objectives of the plan"),
        "plans.objective_list",
        [
            ("objective", _("Objective"), "text"),
            ("baseline_value", _("From"), "number"),
            ("current_value", _("Now"), "number"),
            ("target_value", _("Target"), "number"),
            ("unit", _("Unit"), "text"),
            ("due_on", _("Due"), "date"),
            ("objective_state", _("State"), "status"),
        ],
        _("The account has no plan with objectives."),
        takes=(AS_OF,),
        order_by=("due_on", True),
    ),
    Part(
        _("Risks"),
        "plans.risk_list",
        [
            ("risk", _("Risk"), "text"),
            ("likelihood", _("Likelihood, 1 to 5"), "count"),
            ("severity", _("Severity, 1 to 5"), "count"),
            ("mitigation", _("What is done"), "text"),
            ("owner", _("Owner"), "text"),
            ("risk_state", _("State"), "status"),
        ],
        _("No risk is on record."),
        takes=(AS_OF,),
        order_by=("weight", True),
    ),
    Part(
        _("Complaints"),
        "plans.complaint_list",
        [
            ("received_on", _("Received"), "date"),
            ("complaint", _("Complaint"), "text"),
            ("severity", _("Severity"), "words"),
            ("owner", _("Owner"), "text"),
            ("complaint_state", _("State"), "status"),
            ("cause", _("Cause"), "text"),
            ("outcome", _("Outcome"), "text"),
        ],
        _("No complaint is on record."),
        takes=(AS_OF,),
        order_by=("received_on", True),
    ),
    Part(
        _("Contracts"),
        "plans.contract_notices",
        [
            ("contract", _("Contract"), "text"),
            ("start_date", _("From"), "date"),
            ("end_date", _("Until"), "date"),
            ("annual_value", _("Value a year"), "reporting currency"),
            ("notice_on", _("Notice until"), "date"),
            ("notice_state", _("Notice"), "status"),
            ("auto_renews", _("Renews itself"), "text"),
        ],
        _("No contract is on record: import contracts."),
        takes=(AS_OF,),
        order_by=("end_date", False),
    ),
    Part(
        _("Opportunities"),
        "plans.opportunity_list",
        [
            ("name", _("Opportunity"), "text"),
            ("stage", _("Stage"), "text"),
            ("amount", _("Amount"), "reporting currency"),
            ("probability", _("Probability"), "share"),
            ("weighted_amount", _("By probability"), "reporting currency"),
            ("expected_close_on", _("Expected close"), "date"),
            ("owner", _("Owner"), "text"),
        ],
        _("No opportunity is on record: import opportunities."),
        takes=(AS_OF,),
        order_by=("expected_close_on", True),
    ),
    Part(
        _("Needs"),
        "relationships.needs_profile",
        [
            ("section", _("About"), "words"),
            ("text", _("What is known"), "text"),
            ("status", _("It is"), "words"),
            ("source", _("Source"), "text"),
            ("noted_on", _("Noted"), "date"),
        ],
        _("Nobody has written down what the customer needs."),
        takes=(AS_OF,),
    ),
    Part(
        _("Price concessions and other measures"),
        "plans.concession_list",
        [
            ("concession", _("What was given"), "text"),
            ("kind", _("Kind"), "words"),
            ("begins_on", _("From"), "date"),
            ("cost_amount", _("Cost a year"), "reporting currency"),
            ("reason", _("Why"), "text"),
        ],
        _("Nothing was given."),
        takes=(AS_OF,),
        order_by=("begins_on", True),
    ),
    Part(
        _("History of decisions and reviews"),
        "reviews.account_history",
        [
            ("happened_on", _("Day"), "date"),
            ("decision", _("Decision"), "status"),
            ("outcome", _("Outcome"), "words"),
            ("reason", _("Reason or notes"), "text"),
            ("decided_by", _("By"), "text"),
        ],
        _("Nothing has been decided about this account yet."),
        takes=(AS_OF, OF_ACCOUNT),
        order_by=("happened_on", True),
    ),
    Part(
        _("Lessons of earlier handovers"),
        "managers.lesson_list",
        [
            ("closed_on", _("Day"), "date"),
            ("from_name", _("From"), "text"),
            ("to_name", _("To"), "text"),
            ("lessons", _("What was learned"), "text"),
        ],
        _("No handover of this account has been closed before."),
        takes=(AS_OF,),
        order_by=("closed_on", True),
    ),
    Part(
        _("Everything in one order"),
        "relationships.timeline",
        [
            ("happened_on", _("Day"), "date"),
            ("kind", _("Kind"), "words"),
            ("what", _("What was said or happened"), "text"),
            ("with_whom", _("With"), "text"),
            ("by", _("By"), "text"),
            ("next_step", _("Next step"), "text"),
            ("due_on", _("Due"), "date"),
            ("state", _("State"), "words"),
            ("amount", _("Amount"), "reporting currency"),
        ],
        _("Nothing is on record up to this day."),
        takes=(AS_OF, OF_ACCOUNT),
        order_by=("happened_on", True),
    ),
)
