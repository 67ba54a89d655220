"""The stage of a relationship: as both sides rate it, where it is meant to go, and what the records support.

Stages: McDonald, Rogers & Woodburn; their names in Millman & Wilson 1995. That contact structure and differentiated
service tell relationships apart better than declared intent: Davies, Holt & Ryals 2013. The bands of the six marks come
from a course handout (weak provenance): a help for discussion, not a measurement.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import parameters
from kam.access import Person
from kam.errors import BadInput
from kam.relationships import rules
from kam.relationships.stakeholders import Stakeholders
from kam.store import Condition, Store, Transaction
from kam.words import _

SIDES = {
    "ours": _("as we see it"),
    "customers": _("as the customer sees it"),
    "target": _("where it is meant to go"),
}
# stage: (its name, Millman & Wilson's name, what it looks like)
STAGES = {
    "exploratory": (_("exploratory"), "pre-KAM", _("No business yet: both sides find out whether it is worth it.")),
    "basic": (_("basic"), "early KAM", _("Transactions: one buyer, one seller, price and delivery.")),
    "cooperative": (
        _("cooperative"),
        "mid-KAM",
        _("Regular business: preferred, but one of several, and the price matters."),
    ),
    "interdependent": (
        _("interdependent"),
        "partnership KAM",
        _("Several functions and levels work together; leaving is possible, and would hurt."),
    ),
    "integrated": (
        _("integrated"),
        "synergistic KAM",
        _("Systems and teams are interlinked; leaving is hard for both."),
    ),
    "disintegrating": (_("disintegrating"), "uncoupling KAM", _("The relationship is being wound up, by either side.")),
}
# In their order; a relationship that disintegrates stands outside of it.
LADDER = ("exploratory", "basic", "cooperative", "interdependent", "integrated")
# Own wording, after what tells the stages apart; each marked 1 to 4.
ITEMS = (
    _("Contacts: 1 one buyer and one seller … 4 teams of several functions on both sides"),
    _("Reason to buy: 1 price and availability … 4 what we achieve together"),
    _("Information: 1 orders and invoices … 4 plans, costs and risks are open"),
    _("Planning: 1 none together … 4 a joint plan with targets of both"),
    _("Processes and systems: 1 separate … 4 interlinked"),
    _("Leaving: 1 easy at any time … 4 hard and costly for both"),
)
_BANDS = ((6, 10, "basic"), (11, 16, "cooperative"), (17, 22, "interdependent"), (23, 24, "integrated"))


@dataclass(frozen=True)
class Supported:
    """The stage that the records support, None where they say nothing. structure: bow_tie, diamond, between or none.

    reasons: a sentence each.
    """

    stage: str | None
    structure: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Where a relationship stands on a day: the last ratings by side (rows of relationships.standing_stages), what the
    records support, and the gaps in words."""

    rated: Mapping[str, Mapping[str, Any]]
    supported: Supported
    gaps: tuple[str, ...]

    @property
    def stage(self) -> str | None:
        """The stage as our side rates it, else as the customer does, else as the records support it."""
        for side in ("ours", "customers"):
            if side in self.rated:
                return self.rated[side]["stage"]
        return self.supported.stage


def stage_of_marks(marks: Sequence[int]) -> str:
    """The stage of six marks 1–4 by their sum: 6–10 basic, 11–16 cooperative, 17–22 interdependent, 23–24 integrated.

    Raises BadInput for another number of marks, or one out of range. Exploratory is not marked: there is no business.
    """
    if len(marks) != len(ITEMS) or any(not isinstance(mark, int) or not 1 <= mark <= 4 for mark in marks):
        raise BadInput(_("Mark all six items from 1 to 4, or choose a stage."), reason="bad_marks", field="marks")
    total = sum(marks)
    return next(stage for low, high, stage in _BANDS if low <= total <= high)


def supported_stage(
    evidence: Mapping[str, Any],
    *,
    threads_count: float | None,
    is_single_thread: bool | None,
    diamond_threads: float,
    regular_months: float,
) -> Supported:
    """The stage that contact structure and service support, from a row of relationships.stage_evidence.

    A bow-tie (one of ours holds the account alone) supports at most cooperative; a diamond (many to many) with service
    that not every account gets supports interdependent. Integrated systems leave no trace in these records.
    """
    structure = _structure(threads_count, is_single_thread, evidence["active_count"], diamond_threads)
    if not evidence["has_bought"]:
        return Supported("exploratory", structure, (_("There is no purchase on record."),))
    if evidence["active_months_12m"] == 0:
        return Supported("basic", structure, (_("Nothing was bought in twelve months."),))
    if evidence["active_months_12m"] < regular_months:
        reason = _("Purchases in {count} of twelve months: not regular yet.").format(
            count=evidence["active_months_12m"]
        )
        return Supported("basic", structure, (reason,))
    reasons = [
        _("Purchases in {count} of twelve months: regular business.").format(count=evidence["active_months_12m"])
    ]
    if structure == "none":
        reasons.append(_("No contact between people is on record: nothing speaks for more than cooperative."))
        return Supported("cooperative", structure, tuple(reasons))
    if structure == "bow_tie":
        reasons.append(_("A bow-tie: one of our people holds the contacts, which supports at most cooperative."))
        return Supported("cooperative", structure, tuple(reasons))
    if structure == "between":
        reasons.append(_("More than one thread, but not yet many to many: cooperative."))
        return Supported("cooperative", structure, tuple(reasons))
    reasons.append(_("A diamond: people of both sides are connected many to many."))
    if not evidence["service_count_12m"] or not evidence["running_contracts"]:
        reasons.append(_("But no service beyond the ordinary, or no running contract, is on record: cooperative."))
        return Supported("cooperative", structure, tuple(reasons))
    reasons.append(
        _("{count} meetings, trainings and executive visits and a running contract: interdependent.")
        .format(count=evidence["service_count_12m"])
    )  # fmt: skip
    reasons.append(_("Integrated is for people to say: linked systems leave no trace here."))
    return Supported("interdependent", structure, tuple(reasons))


def _structure(threads: float | None, is_single: bool | None, active_count: int, diamond_threads: float) -> str:
    if threads is None:
        return "none"
    if is_single:
        return "bow_tie"
    return "diamond" if threads >= diamond_threads and active_count >= diamond_threads else "between"


def gaps(rated: Mapping[str, Mapping[str, Any]], supported: Supported) -> tuple[str, ...]:
    """What does not fit, in sentences: between both sides, against the records, against the target."""
    said = []
    ours, theirs, target = (rated.get(side, {}).get("stage") for side in ("ours", "customers", "target"))
    if ours and theirs and ours != theirs:
        said.append(
            _("We see it as {ours}, the customer as {theirs}: talk about it before planning on it.").format(
                ours=STAGES[ours][0], theirs=STAGES[theirs][0]
            )
        )
    if ours and supported.stage and _rank(ours) > _rank(supported.stage):
        said.append(
            _("We rate it {ours}, contacts and service support {supported}.").format(
                ours=STAGES[ours][0], supported=STAGES[supported.stage][0]
            )
        )
    now = theirs or ours or supported.stage
    if target and now and _rank(target) != _rank(now):
        said.append(
            _("It is meant to become {target} and is {now}.").format(target=STAGES[target][0], now=STAGES[now][0])
        )
    return tuple(said)


def _rank(stage: str) -> int:
    return LADDER.index(stage) if stage in LADDER else -1


def standing(store: Store, people: Stakeholders, account_id: str, as_of: date) -> Standing:
    """Where the relationship stands on a day. people: of the same account and day."""
    rated = {
        row["side"]: row
        for row in store.read(
            "relationships.standing_stages", {"as_of": as_of}, where=[Condition("account_id", "=", account_id)]
        )
    }
    evidence = store.one("relationships.stage_evidence", {"as_of": as_of, "of_account": account_id})
    held = parameters.all_at(store, as_of)
    supported = supported_stage(
        evidence,
        threads_count=people.threads_count,
        is_single_thread=people.is_single_thread,
        diamond_threads=held["relationships.diamond_threads"].value,
        regular_months=held["relationships.regular_months"].value,
    )
    return Standing(rated, supported, gaps(rated, supported))


def rate_stage(
    store: Store,
    account_id: str,
    side: str,
    *,
    stage: str | None = None,
    marks: Sequence[int] | None = None,
    evidence: str,
    rated_on: date,
    rated_by: str | None = None,
    who: Person,
    op_id: str | None = None,
) -> str | None:
    """Rate the stage from a side, or name the target; returns the stage (None where op_id was done already).

    Either a stage or six marks; marks are not for a target. rated_by: a person of the customer, where the side is theirs.
    Raises BadInput for an unknown side or stage, both or neither, incomplete marks, no evidence, or the customer's side
    without a name; NotFound for an unknown account.
    """
    rules.one_of(side, SIDES, _("The side"), field="side")
    if (stage is None) == (marks is None):
        raise BadInput(_("Choose a stage, or mark the six items: one of the two."), reason="missing", field="stage")
    if marks is not None and side == "target":
        raise BadInput(_("A target is chosen, not marked: choose a stage."), reason="target", field="stage")
    chosen = rules.one_of(stage, tuple(STAGES), _("The stage"), field="stage") if stage else stage_of_marks(marks)
    evidence = rules.stated(
        evidence,
        _("Say why this target: the reason is kept.")
        if side == "target"
        else _("Say what it rests on: the evidence is kept with the rating."),
        field="evidence",
    )
    if side == "customers":
        rated_by = rules.stated(rated_by, _("Say who of the customer sees it so."), field="rated_by")

    def change(tx: Transaction) -> str:
        rules.account_name(tx, account_id)
        tx.insert(
            "relationships.stage_ratings",
            rating_id=tx.next_number("relationships.stage_ratings", "rating_id"),
            account_id=account_id,
            side=side,
            stage=chosen,
            items=None if marks is None else json.dumps(list(marks)),
            evidence=evidence,
            rated_on=rated_on,
            rated_by=(rated_by or "").strip() or tx.who.name,
            recorded_by=tx.who.name,
            recorded_at=tx.now,
        )
        return chosen

    return store.write(
        change,
        who=who,
        action="rate stage",
        subject=("account", account_id),
        op_id=op_id,
        details={"side": side, "stage": chosen, "evidence": evidence, "rated_on": rated_on},
    )
