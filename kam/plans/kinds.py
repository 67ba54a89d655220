"""The kinds of records that a plan and the service of an account consist of: their fields and what each must hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kam import value
from kam.plans.template import functions, practices
from kam.words import _

FieldKind = Literal["text", "long", "date", "money", "number", "share", "scale", "choice", "flag", "link"]

# Measures of the ledger that an objective may be computed from; dates and ranks are no objectives.
OBJECTIVE_MEASURES = tuple(name for name, measure in value.MEASURES.items() if measure.unit != "date")
# What a customer may read in their copy: their own buying, never what we earn, what serving costs, or what they are worth.
CUSTOMER_MEASURES = frozenset(
    {
        "revenue_12m",
        "revenue_24m",
        "revenue_growth_12m",
        "orders_12m",
        "active_months_12m",
        "return_share_12m",
        "product_count_12m",
    }
)
HOLDERS = {
    "us": _("us"),
    "competitor": _("a competitor"),
    "in_house": _("in-house"),
    "none": _("nobody buys it"),
    "unknown": _("unknown"),
}
SEVERITIES = {"minor": _("minor"), "serious": _("serious"), "critical": _("critical")}


@dataclass(frozen=True)
class Field:
    """A field of a record. choices: code → words, for kind `choice`; a `link` names a record of the same plan.

    share: 0..1; scale: 1..5; default: where nothing is given.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    is_required: bool = False
    choices: Callable[[], Mapping[str, str]] | None = None
    help: str = ""
    default: Any = None


@dataclass(frozen=True)
class Kind:
    """A kind of record. parent: the column of what it belongs to; closing: the states that end it, with an outcome.

    span: the two dates of which the second may not lie before the first.
    """

    name: str
    label: str
    table: str
    parent: Literal["plan_id", "account_id"]
    fields: tuple[Field, ...]
    states: Mapping[str, str]
    closing: frozenset[str]
    span: tuple[str, str] | None = None
    title: str = ""

    @property
    def id_column(self) -> str:
        """The key of its table."""
        return f"{self.name}_id"

    def field(self, name: str) -> Field:
        """One field. Raises KeyError for an unknown name."""
        return {f.name: f for f in self.fields}[name]


def _measures() -> dict[str, str]:
    return {name: value.MEASURES[name].name for name in OBJECTIVE_MEASURES}


def _practices() -> dict[str, str]:
    return {practice_id: practice.name for practice_id, practice in practices().items()}


_SHOWN = Field("is_shown", _("Show to the customer"), "flag", default=False)
_OWNER = Field("owner", _("Owner"), is_required=True)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "objective",
            _("objective"),
            "plans.objectives",
            "plan_id",
            (
                Field("objective", _("Objective"), is_required=True),
                Field(
                    "measure_id",
                    _("Measured by"),
                    "choice",
                    choices=_measures,
                    help=_("A measure of the ledger is computed; without one, values are typed with their date."),
                ),
                Field("unit", _("Unit, where typed")),
                Field("baseline_value", _("Baseline"), "number", help=_("A share as 0.12 for 12 %.")),
                Field("target_value", _("Target"), "number", is_required=True, help=_("A share as 0.12 for 12 %.")),
                Field("due_on", _("Reached by"), "date", is_required=True),
                _SHOWN,
            ),
            {"open": _("open"), "reached": _("reached"), "missed": _("missed"), "dropped": _("dropped")},
            frozenset({"reached", "missed", "dropped"}),
            title="objective",
        ),
        Kind(
            "swot",
            _("SWOT item"),
            "plans.swot_items",
            "plan_id",
            (
                Field(
                    "kind",
                    _("Strength, weakness, opportunity or threat"),
                    "choice",
                    is_required=True,
                    choices=lambda: {
                        "strength": _("strength"),
                        "weakness": _("weakness"),
                        "opportunity": _("opportunity"),
                        "threat": _("threat"),
                    },
                ),
                Field("item", _("What"), is_required=True),
                _SHOWN,
            ),
            {"open": _("open"), "settled": _("settled"), "dropped": _("dropped")},
            frozenset({"settled", "dropped"}),
            title="item",
        ),
        Kind(
            "action",
            _("action"),
            "plans.actions",
            "plan_id",
            (
                Field("action", _("Action"), is_required=True),
                _OWNER,
                Field("starts_on", _("Start"), "date"),
                Field("due_on", _("Due"), "date", is_required=True),
                Field("progress_share", _("Progress, %"), "share", default=0.0),
                Field("objective_id", _("For the objective"), "link"),
                Field("swot_id", _("Comes from the SWOT item"), "link"),
                Field("initiative_id", _("For the initiative"), "link"),
                Field("is_milestone", _("Milestone"), "flag", default=False),
                _SHOWN,
            ),
            {"open": _("open"), "done": _("done"), "dropped": _("dropped")},
            frozenset({"done", "dropped"}),
            span=("starts_on", "due_on"),
            title="action",
        ),
        Kind(
            "risk",
            _("risk"),
            "plans.risks",
            "plan_id",
            (
                Field("risk", _("Risk"), is_required=True),
                Field("likelihood", _("Likelihood, 1 to 5"), "scale", is_required=True, default=3),
                Field("severity", _("Severity, 1 to 5"), "scale", is_required=True, default=3),
                Field("mitigation", _("What we do about it"), "long"),
                _OWNER,
                _SHOWN,
            ),
            {"open": _("open"), "in_hand": _("in hand"), "closed": _("closed")},
            frozenset({"closed"}),
            title="risk",
        ),
        Kind(
            "commitment",
            _("commitment"),
            "plans.commitments",
            "account_id",
            (
                Field("commitment", _("What we promised"), is_required=True),
                Field("practice_id", _("Practice"), "choice", choices=_practices),
                Field("function", _("Function that delivers"), "choice", is_required=True, choices=functions),
                _OWNER,
                Field("begins_on", _("Promised on"), "date", is_required=True),
                Field("due_on", _("Due (empty: standing)"), "date"),
                Field("kpi", _("KPI")),
                Field("target_value", _("Target"), "number", help=_("A share as 0.95 for 95 %.")),
                Field("unit", _("Unit of the KPI")),
                _SHOWN,
            ),
            {"open": _("open"), "ended": _("ended")},
            frozenset({"ended"}),
            span=("begins_on", "due_on"),
            title="commitment",
        ),
        Kind(
            "complaint",
            _("complaint"),
            "plans.complaints",
            "account_id",
            (
                Field("complaint", _("What the customer complains about"), "long", is_required=True),
                Field("function", _("Function concerned"), "choice", is_required=True, choices=functions),
                Field("severity", _("Severity"), "choice", is_required=True, choices=lambda: SEVERITIES),
                Field("received_on", _("Received"), "date", is_required=True),
            ),
            {"open": _("open"), "closed": _("closed")},
            frozenset({"closed"}),
            title="complaint",
        ),
        Kind(
            "concession",
            _("concession"),
            "plans.concessions",
            "account_id",
            (
                Field(
                    "kind",
                    _("Price or another measure"),
                    "choice",
                    is_required=True,
                    choices=lambda: {"price": _("price concession"), "non_price": _("non-price measure")},
                ),
                Field("concession", _("What was given"), is_required=True),
                Field("begins_on", _("From"), "date", is_required=True),
                Field("ends_on", _("Until"), "date"),
                Field("cost_amount", _("Cost a year"), "money"),
                Field("reason", _("Why"), is_required=True),
                Field("given_by", _("Given by"), is_required=True),
            ),
            {"open": _("runs"), "ended": _("ended")},
            frozenset({"ended"}),
            span=("begins_on", "ends_on"),
            title="concession",
        ),
        Kind(
            "opportunity",
            _("opportunity"),
            "plans.opportunities",
            "account_id",
            (
                Field("name", _("Opportunity"), is_required=True),
                Field("stage", _("Stage"), is_required=True),
                Field("amount", _("Amount"), "money"),
                Field("probability_share", _("Own probability, %"), "share", help=_("Empty: that of the stage.")),
                Field("expected_close_on", _("Expected close"), "date"),
                _OWNER,
                Field("category", _("Product category")),
                Field("unit", _("Unit")),
            ),
            {"open": _("open"), "won": _("won"), "lost": _("lost")},
            frozenset({"won", "lost"}),
            title="name",
        ),
    )
}
