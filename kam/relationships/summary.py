"""Three sentences that the data writes: what changed, what is due, what is at risk. Each leads to its evidence.

Rules, in order; the first that applies is said, with how many more apply. Nothing is guessed: where the records say
nothing, the sentence says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kam import parameters
from kam.relationships import red_lines
from kam.relationships.health import PARTS, Course
from kam.relationships.stakeholders import Stakeholders
from kam.store import Condition, Store
from kam.units import day, share
from kam.words import _, several

_GROWTH_WORTH_SAYING = 0.1
_WHERE = {
    "review": ("reviews", None),
    "action": ("reviews", "Actions"),
    "promise": ("account", "timeline"),
    "notice": ("account", "opportunities"),
    "contract_end": ("account", "opportunities"),
    "executive_contact": ("sponsors", None),
}
_DUE = {
    "review": _("the next review"),
    "action": _("the action “{what}”"),
    "promise": _("the promise “{what}”"),
    "notice": _("the last day for notice of “{what}”"),
    "contract_end": _("the end of “{what}”"),
    "executive_contact": _("the next visit of our executive sponsor"),
}


@dataclass(frozen=True)
class Sentence:
    """A sentence with its evidence. topic: changed, due or risk. page: where the evidence stands; tab: of it, by code
    (timeline, people, value, opportunities, summary) on the account's page, else by name. tone: a tone of status words."""

    topic: str
    text: str
    page: str
    tab: str | None
    tone: str


def sentences(
    store: Store, account: Mapping[str, Any], course: Course, people: Stakeholders, as_of: date
) -> tuple[Sentence, Sentence, Sentence]:
    """What changed, what is due, what is at risk, for an account (a row of programme.account_list)."""
    held = parameters.all_at(store, as_of)
    return (
        _first(_changes(store, account, course, people, held, as_of)),
        _due(store, account, held, as_of),
        _first(_risks(store, account, course, people, held, as_of)),
    )


def due_dates(store: Store, account_id: str, as_of: date) -> list[dict[str, Any]]:
    """What is to come or late for an account, the earliest first (rows of relationships.due_dates)."""
    # Kept in memory: a pack asks three times.
    return store.page(
        "relationships.due_dates",
        {"as_of": as_of, "of_account": account_id},
        order_by=[("due_on", False), ("kind", False), ("what", False)],
    ).records()


def due_told(row: Mapping[str, Any]) -> str:
    """A row of relationships.due_dates in words."""
    return _DUE[row["kind"]].format(what=row["what"])


def _first(found: list[Sentence]) -> Sentence:
    first, more = found[0], len(found) - 2  # the last one is said where nothing else is
    if more < 1:
        return first
    text = f"{first.text} {several('And {count} more.', 'And {count} more.', more)}"
    return Sentence(first.topic, text, first.page, first.tab, first.tone)


def _changes(store, account, course: Course, people: Stakeholders, held, as_of: date) -> list[Sentence]:
    found: list[Sentence] = []
    since = course.steps[-2].as_of if len(course.steps) > 1 else as_of - timedelta(days=90)

    def say(text: str, tab: str, tone: str = "soon") -> None:
        found.append(Sentence("changed", text, "account", tab, tone))

    for row in course.now.red_lines:
        if row["happened_on"] > since:
            say(_("Since {day}: {what}.").format(day=day(row["happened_on"]), what=red_lines.KINDS[row["kind"]]),
                "summary", "bad")  # fmt: skip
    for row in people.contacts:
        if row["left_on"] is not None and row["left_on"] > since:
            say(_("{name} left on {day}.").format(name=row["name"], day=day(row["left_on"])), "people", "bad")
    change = course.change
    if change is not None and abs(change) >= held["relationships.alert_change"].value:
        words = _("Health rose by {points:.0f} points to {now:.0f} since {day}, most by: {part}.")
        if change < 0:
            words = _("Health fell by {points:.0f} points to {now:.0f} since {day}, most by: {part}.")
        say(
            words.format(
                points=abs(change), now=course.now.index, day=day(since), part=PARTS[_moved_most(course)].lower()
            ),
            "summary",
            "good" if change > 0 else "bad",
        )
    growth = account["revenue_growth_12m"]
    if growth is not None and abs(growth) >= _GROWTH_WORTH_SAYING:
        words = _("Revenue of 12 months is {growth} above the 12 before.")
        if growth < 0:
            words = _("Revenue of 12 months is {growth} below the 12 before.")
        say(words.format(growth=share(abs(growth))), "value", "good" if growth > 0 else "soon")
    last = store.one(
        "relationships.dealings",
        {"as_of": as_of},
        where=[Condition("account_id", "=", account["account_id"])],
        order_by=[("occurred_on", True), ("interaction_id", True)],
    )
    if last is None:
        say(_("Nothing was written down about dealings with this account yet."), "timeline", "none")
    elif last["occurred_on"] > since:
        say(_("The latest dealing was on {day}: {what}").format(day=day(last["occurred_on"]), what=last["summary"]),
            "timeline", "open")  # fmt: skip
    else:
        say(_("Nothing happened since {day}, the latest dealing on record.").format(day=day(last["occurred_on"])),
            "timeline", "soon")  # fmt: skip
    return found


def _moved_most(course: Course) -> str:
    """The part whose weighted points moved most; where parts came or went, among those known both times."""
    before = {part.part: part for part in course.steps[-2].parts}
    moves = {
        part.part: abs(part.points - before[part.part].points) * part.weight
        for part in course.now.parts
        if part.points is not None and part.part in before and before[part.part].points is not None
    }
    return max(moves, key=lambda part: moves[part]) if moves else course.now.parts[0].part


def _due(store: Store, account: Mapping[str, Any], held, as_of: date) -> Sentence:
    ahead = as_of + timedelta(days=int(held["relationships.due_ahead_days"].value))
    rows = [row for row in due_dates(store, account["account_id"], as_of) if row["due_on"] <= ahead]
    late = [row for row in rows if row["is_late"]]
    if not rows:
        return Sentence("due", _("Nothing is due up to {day}.").format(day=day(ahead)), "account", "timeline", "good")
    first = (late or rows)[0]
    page, tab = _WHERE[first["kind"]]
    what = due_told(first)
    by = _(" ({who})").format(who=first["who"]) if first["who"] else ""
    words = _("Late since {day}: {what}{by}.") if late else _("Due on {day}: {what}{by}.")
    text = words.format(day=day(first["due_on"]), what=what, by=by)
    if len(late) > 1:
        text += " " + several("{count} more is late.", "{count} more are late.", len(late) - 1)
    upcoming = len(rows) - len(late) - (0 if late else 1)
    if upcoming:
        text += (
            " "
            + several("{count} more is due", "{count} more are due", upcoming)
            + _(" up to {day}.").format(day=day(ahead))
        )
    return Sentence("due", text, page, tab, "bad" if late else "open")


def _risks(store, account, course: Course, people: Stakeholders, held, as_of: date) -> list[Sentence]:
    found: list[Sentence] = []

    def say(text: str, tab: str | None, tone: str = "soon", page: str = "account") -> None:
        found.append(Sentence("risk", text, page, tab, tone))

    for row in course.now.red_lines:
        say(
            _("Red line since {day}: {what}. {evidence}").format(
                day=day(row["happened_on"]), what=red_lines.KINDS[row["kind"]], evidence=row["evidence"]
            ),
            "summary",
            "bad",
        )
    if account["is_key_account"]:
        among = [Condition("account_id", "=", account["account_id"])]
        covered = next(iter(store.page("sponsorship.roster_sponsors", {"as_of": as_of}, where=among)), None)
        if covered and not covered["is_covered"]:
            say(_("Nobody of our executives stands behind this key account."), None, "bad", "sponsors")
    if account["activity_state"] == "dormant":
        say(_("It has stopped buying: the last purchase was on {day}.").format(day=day(account["last_order_on"])),
            "value", "bad")  # fmt: skip
    if account["contribution_12m"] is not None and account["contribution_12m"] < 0:
        say(_("It costs more than it brings, after cost to serve."), "value", "bad")
    if people.blind_spots:
        names = ", ".join(people.blind_spots[:3])
        text = several("{count} influential contact is", "{count} influential contacts are", len(people.blind_spots))
        say(text + " " + _("not in touch: {names}.").format(names=names), "people")
    if people.is_single_thread:
        say(
            _("{person} alone holds {share} of the contact: the account hangs on one thread.").format(
                person=people.holder, share=share(people.largest_share, decimals=0)
            ),
            "people",
        )
    line = held["relationships.part_alarm_below"].value
    weak = [part for part in course.now.parts if part.points is not None and part.points < line]
    if weak:
        worst = min(weak, key=lambda part: (part.points, -part.weight))
        say(f"{worst.name}: {worst.said}", "summary")
    if account["activity_state"] == "slowing":
        say(_("It buys less often than it used to."), "value")
    sure = share(course.now.confidence, decimals=0)
    say(_("No risk shows in the records; health rests on {share} of its evidence.").format(share=sure), "summary",
        "good" if course.now.confidence >= 0.5 else "none")  # fmt: skip
    return found
