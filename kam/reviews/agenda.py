"""The agenda of a review, written by the readings: one line for each thing that is worth the room's time.

Most material first: what is out of order before what is coming before what is to be known; within these the largest money
at stake, then the order of TOPICS. Each line names where its evidence stands. What the chair does with it (order, dropped,
added) is kept apart, in the draft of the review.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kam import relationships, selection, units, value
from kam.access import Person
from kam.errors import Refusal
from kam.plans import HOLDERS
from kam.reviews.driving import moved_by
from kam.store import Condition, Store
from kam.words import _, several

TOPICS = {
    "red_line": _("Red line"),
    "gate": _("Gate"),
    "value": _("Value"),
    "complaint": _("Complaints"),
    "commitment": _("Commitments"),
    "promise": _("Promises"),
    "cost": _("Cost to serve"),
    "contract": _("Contracts"),
    "sponsor": _("Our executive sponsor"),
    "people": _("People"),
    "plan": _("Plan"),
    "action": _("Actions"),
    "whitespace": _("Whitespace"),
    "own": _("Added"),
}
_TONES = ("bad", "soon", "open", "none", "good")
_LATE_KINDS = {"promise": "promise", "action": "action", "executive_contact": "sponsor"}


@dataclass(frozen=True)
class Point:
    """A line of the agenda. key: names it within the review; topic: of TOPICS; tone: bad, soon, open or good; amount: money at
    stake, reporting currency, None where none is known; page, tab: where the evidence stands (tab by its code)."""

    key: str
    topic: str
    text: str
    tone: str
    page: str
    tab: str | None
    amount: Decimal | float | None = None


def agenda(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> list[Point]:
    """The lines for a review of an account on a day, most material first.

    A reading that is refused (no cost model, say) gives a line that says so at the end, and never stops the others.
    """
    given = _Given(store, account_id, as_of, for_whom)
    points: list[Point] = []
    for topic, read in _READINGS:
        try:
            points += read(given)
        except Refusal as refusal:
            points.append(Point(f"{topic}:refused", topic, refusal.message, "none", "account", None))
    return sorted(points, key=_materiality)


def arranged(points: Sequence[Point], kept: Sequence[Mapping[str, Any]]) -> list[tuple[Point, bool]]:
    """The lines in the chair's order with whether each is dropped: those of `kept` (key, is_dropped, text of added ones) first,
    then what the readings have come up with since. A kept line whose reason is gone is left out."""
    by_key = {point.key: point for point in points}
    found: list[tuple[Point, bool]] = []
    for line in kept:
        key = line["key"]
        if key in by_key:
            found.append((by_key.pop(key), bool(line.get("is_dropped"))))
        elif line.get("text"):
            found.append((Point(key, "own", line["text"], "open", "account", None), bool(line.get("is_dropped"))))
    return found + [(point, False) for point in points if point.key in by_key]


@dataclass(frozen=True)
class _Given:
    store: Store
    account_id: str
    as_of: date
    who: Person

    def rows(self, relation: str, *where: Condition, is_dear: bool = False) -> list[dict[str, Any]]:
        """is_dear: kept in memory, for the reviews of other accounts and for the next look at this one."""
        among = [Condition("account_id", "=", self.account_id), *where]
        read = self.store.page if is_dear else self.store.read
        return read(relation, {"as_of": self.as_of}, where=among).records()

    @property
    def currency(self) -> str:
        return self.store.setting("currency") or ""


def _materiality(point: Point) -> tuple:
    at_stake = 0.0 if point.amount is None else abs(float(point.amount))
    return _TONES.index(point.tone), -at_stake, list(TOPICS).index(point.topic), point.key


def _red_lines(given: _Given) -> list[Point]:
    return [
        Point(
            f"red_line:{row['red_line_id']}",
            "red_line",
            _("{what} since {day}: {evidence}").format(
                what=relationships.RED_LINES[row["kind"]], day=units.day(row["happened_on"]), evidence=row["evidence"]
            ),
            "bad",
            "account",
            "summary",
        )
        for row in given.rows("relationships.open_red_lines")
    ]


def _gate(given: _Given) -> list[Point]:
    found = [
        s for s in selection.standing(given.store, given.as_of, for_whom=given.who) if s.account_id == given.account_id
    ]
    if not found or not found[0].needs_decision:
        return []
    because = "; ".join(selection.because(found[0].now, given.currency))
    return [Point("gate", "gate", _("It fails a gate now: {because}").format(because=because), "bad", "roster", None)]


def _value(given: _Given) -> list[Point]:
    moved = moved_by(given.store, given.account_id, given.as_of)
    if moved is None or moved.change is None:
        return []
    words = _("Contribution fell by {change} to {now} in 12 months, most by {driver} ({amount}).")
    if moved.change >= 0:
        words = _("Contribution rose by {change} to {now} in 12 months, most by {driver} ({amount}).")
    driver, amount = moved.largest
    said = words.format(
        change=units.short_money(abs(moved.change), given.currency),
        now=units.short_money(moved.now, given.currency),
        driver=driver.lower(),
        amount=units.short_money(amount, given.currency),
    )
    return [Point("value", "value", said, "bad" if moved.change < 0 else "good", "account", "value", moved.change)]


def _complaints(given: _Given) -> list[Point]:
    return [
        Point(
            f"complaint:{row['complaint_id']}",
            "complaint",
            _("Complaint open since {day}: {what} ({owner})").format(
                day=units.day(row["received_on"]), what=row["complaint"], owner=row["owner"]
            ),
            "bad" if row["complaint_state"] == "overdue" else "soon",
            "account",
            "service",
        )
        for row in given.rows("plans.complaint_list", Condition("is_open", "=", True))
    ]


def _commitments(given: _Given) -> list[Point]:
    said = {"overdue": _("Commitment overdue: {what} ({owner})"), "broken": _("Commitment not kept: {what} ({owner})")}
    return [
        Point(
            f"commitment:{row['commitment_id']}",
            "commitment",
            said[row["commitment_state"]].format(what=row["commitment"], owner=row["owner"]),
            "bad",
            "account",
            "service",
        )
        for row in given.rows("plans.commitment_list", Condition("commitment_state", "one_of", list(said)))
    ]


def _late(given: _Given) -> list[Point]:
    """Promises, actions of reviews and our executive sponsor's contact that are late."""
    words = {
        "promise": (_("Promise late since {day}: {what} ({who})"), "account", "timeline"),
        "action": (_("Action late since {day}: {what} ({who})"), "reviews", "Actions"),
        "executive_contact": (_("Our executive sponsor's visit was due on {day} ({who})"), "sponsors", None),
    }
    points = []
    late: dict[str, list[Mapping[str, Any]]] = {}
    for row in relationships.due_dates(given.store, given.account_id, given.as_of):
        if row["is_late"] and row["kind"] in words:
            late.setdefault(row["kind"], []).append(row)
    for kind, rows in late.items():
        said, page, tab = words[kind]
        topic, more = _LATE_KINDS[kind], len(rows) - 1
        for row in rows[:1] if more > 1 else rows:
            text = said.format(day=units.day(row["due_on"]), what=row["what"], who=row["who"] or _("nobody named"))
            if more > 1:
                text += several(", and {count} more", ", and {count} more", more)
            points.append(Point(f"{topic}:{row['due_on']}:{row['what'] or ''}", topic, text, "bad", page, tab))
    for row in given.rows("sponsorship.promise_list", Condition("promise_state", "=", "overdue")):
        text = _("Promise of {executive} late since {day}: {what}").format(
            executive=row["executive_name"], day=units.day(row["due_on"]), what=row["promise"]
        )
        points.append(Point(f"promise:executive:{row['promise_id']}", "promise", text, "bad", "sponsors", None))
    return points


def _cost(given: _Given) -> list[Point]:
    drivers = value.serving_drivers(given.store, given.as_of, given.account_id, for_whom=given.who)
    dear = [driver for driver in drivers if driver.excess_amount is not None and driver.excess_amount > 0]
    if not dear:
        return []
    first = dear[0]
    text = _("{driver}: {own} against a median of {median} of its peers; {amount} a year dearer.").format(
        driver=first.name,
        own=first.told(first.own, given.currency),
        median=first.told(first.median, given.currency),
        amount=units.short_money(first.excess_amount, given.currency),
    )
    return [Point(f"cost:{first.driver}", "cost", text, "soon", "account", "value", first.excess_amount)]


def _contracts(given: _Given) -> list[Point]:
    words = {
        "soon": (_("{contract}: notice by {day}, ends {end}"), "soon"),
        "passed": (_("{contract} ends {end}: the day for notice, {day}, has passed"), "soon"),
    }
    return [
        Point(
            f"contract:{row['contract_id']}",
            "contract",
            words[row["notice_state"]][0].format(
                contract=row["contract"], day=units.day(row["notice_on"]), end=units.day(row["end_date"])
            ),
            "soon",
            "account",
            "opportunities",
            row["annual_value"],
        )
        for row in given.rows("plans.contract_notices", Condition("notice_state", "one_of", list(words)))
    ]


def _people(given: _Given) -> list[Point]:
    people = relationships.stakeholders(given.store, given.account_id, given.as_of)
    points = []
    if people.blind_spots:
        text = _("Influential and not in touch: {names}").format(names=", ".join(people.blind_spots))
        points.append(Point("people:blind", "people", text, "soon", "account", "people"))
    if people.is_single_thread:
        text = _("{person} alone holds {share} of all contact").format(
            person=people.holder, share=units.share(people.largest_share, decimals=0)
        )
        points.append(Point("people:thread", "people", text, "soon", "account", "people"))
    return points


def _plan(given: _Given) -> list[Point]:
    points = []
    for row in given.rows("plans.progress", Condition("is_open", "=", True), is_dear=True):
        if row["plan_state"] == "past_end":
            text = _("{plan} ended on {day} and is not closed").format(plan=row["title"], day=units.day(row["ends_on"]))
            points.append(Point(f"plan:end:{row['plan_id']}", "plan", text, "soon", "account", "plan"))
        text = _("{plan}: {done} of {all} actions done, {late}; {course} of {known} objectives on course").format(
            plan=row["title"],
            done=row["done_count"],
            all=row["action_count"],
            late=several("{count} late", "{count} late", row["overdue_count"]),
            course=row["on_course_count"],
            known=row["known_objective_count"],
        )
        is_behind = row["overdue_count"] > 0 or row["on_course_count"] < row["known_objective_count"]
        points.append(Point(f"plan:{row['plan_id']}", "plan", text, "soon" if is_behind else "good", "account", "plan"))
    if not points:
        points.append(Point("plan:none", "plan", _("It has no open account plan"), "soon", "account", "plan"))
    return points


def _whitespace(given: _Given) -> list[Point]:
    """What was noted since the last review; before the first, the largest known white cell."""
    last = given.rows("reviews.calendar")
    since = last[0]["last_held_on"] if last else None
    rows = given.store.read(
        "plans.whitespace",
        {"as_of": given.as_of, "of_account": given.account_id},
        where=[Condition("noted_on", ">", since)] if since else [Condition("white_amount", ">", 0)],
        order_by=[("white_amount", True), ("unit", False), ("category", False)],
        limit=1 if since is None else 3,
    )
    words = _("{category}, {unit}: {holder}; {amount} not ours")
    return [
        Point(
            f"whitespace:{row['unit']}:{row['category']}",
            "whitespace",
            words.format(
                category=row["category"],
                unit=row["unit_name"],
                holder=row["competitor"] or HOLDERS[row["holder"]],
                amount=units.short_money(row["white_amount"], given.currency),
            ),
            "open",
            "account",
            "whitespace",
            row["white_amount"],
        )
        for row in rows
    ]


_READINGS: tuple[tuple[str, Callable[[_Given], list[Point]]], ...] = (
    ("red_line", _red_lines),
    ("gate", _gate),
    ("value", _value),
    ("complaint", _complaints),
    ("commitment", _commitments),
    ("promise", _late),
    ("cost", _cost),
    ("contract", _contracts),
    ("people", _people),
    ("plan", _plan),
    ("whitespace", _whitespace),
)
