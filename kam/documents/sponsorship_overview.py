"""The sponsorship overview for the executive committee, as a presentation and as a workbook."""

from __future__ import annotations

from typing import Any

from kam import units
from kam.documents.presentation import Deck
from kam.documents.workbook import Sheet, workbook
from kam.sponsorship import Overview, cover_told
from kam.words import _, several

_MOST_COLUMNS = 12
_WORDS = {
    "overdue": _("overdue"),
    "due_soon": _("due soon"),
    "current": _("current"),
    "none": _("no cadence set"),
    "unassigned": _("unassigned"),
    "no_contact_yet": _("no visit yet"),
    "strategic": _("Strategic"),
    "star": _("Star"),
    "status": _("Status"),
    "streamline": _("Streamline"),
}


def overview_deck(found: Overview) -> bytes:
    """Coverage, load, contacts, gaps and what is worth a conversation; one finding per slide."""
    on_day = units.day(found.as_of)
    deck = Deck(
        _("Executive sponsorship of our key accounts"),
        _("{finding} As of {day}.").format(finding=found.finding, day=on_day),
        foot=_("KAM Workbench · as of {day}").format(day=on_day),
        as_of=found.as_of,
    )
    _coverage(deck, found)
    _matrix(deck, found)
    _load(deck, found)
    late = [row for row in found.promises if row["promise_state"] == "overdue"]
    deck.statement(_("What breaks the rules"), found.gaps, empty=_("Nothing does."))
    deck.table(
        several("{count} promise is late", "{count} promises are late", len(late))
        if late
        else _("No promise of ours is late"),
        [_("Promise"), _("Account"), _("Made by"), _("Who of us"), _("Due")],
        [
            [p["promise"], p["account_name"], p["executive_name"], p["owner"], units.day(p["due_on"])]
            for p in found.promises
        ],
        widths=[4, 2.4, 2, 2, 1.3],
        warned=[(at, 4) for at, p in enumerate(found.promises) if p["promise_state"] == "overdue"],
        empty=_("No promise of ours is open."),
    )
    deck.statement(_("Patterns worth a conversation"), [p.message for p in found.patterns], empty=_("None stands out."))
    return deck.content()


def overview_workbook(found: Overview) -> bytes:
    """One sheet per table, with the ids."""
    return workbook(
        _("Executive sponsorship of our key accounts"),
        [
            Sheet(
                _("Coverage"),
                [
                    "account_id", _("Account"), _("Category"), "executive_id", _("Our executive sponsor"), _("Since"),
                    _("Days vacant"), _("Deputy"), _("Last visit"), _("Next visit due"), _("Visit"), _("Next planned"),
                ],
                [
                    [
                        r["account_id"], r["name"], r["category"], r["executive_id"], r["executive_name"],
                        r["assigned_on"], r["days_vacant"], r["deputy_name"], r["last_contact_on"], r["contact_due_on"],
                        _WORDS.get(r["contact_state"], r["contact_state"]), r["next_contact_on"],
                    ]
                    for r in found.roster
                ],
            ),
            Sheet(
                _("Matrix"),
                ["account_id", _("Account"), *(row["name"] for row in found.load)],
                [
                    [row["account_id"], row["name"], *(_mark(row[held["executive_id"]]) for held in found.load)]
                    for row in found.matrix
                ],
            ),
            Sheet(
                _("Load"),
                [
                    "executive_id", _("Executive"), _("Title"), _("Accounts"), _("Cap"), _("Hours asked"),
                    _("Hours given"), _("Deputy for"),
                ],
                [
                    [
                        r["executive_id"], r["name"], r["title"], r["account_count"], r["cap"], r["hours_needed"],
                        r["hours_given"], r["deputy_count"],
                    ]
                    for r in found.load
                ],
            ),
            Sheet(
                _("Gaps"),
                [_("Rule"), "account_id", "executive_id", _("What is wrong")],
                [[f.rule, f.account_id, f.executive_id, f.message] for f in found.findings],
            ),
            Sheet(
                _("Patterns"),
                [_("Pattern"), "account_id", "executive_id", _("Worth a conversation")],
                [[p.kind, p.account_id, p.executive_id, p.message] for p in found.patterns],
            ),
            Sheet(
                _("Promises"),
                ["promise_id", "account_id", _("Account"), "executive_id", _("Promise"), _("Who of us"), _("Due")],
                [
                    [
                        p["promise_id"], p["account_id"], p["account_name"], p["executive_id"], p["promise"], p["owner"],
                        p["due_on"],
                    ]
                    for p in found.promises
                ],
            ),
        ],
        [(_("As of"), units.day(found.as_of))],
        as_of=found.as_of,
    )  # fmt: skip


def _coverage(deck: Deck, found: Overview) -> None:
    rows = [
        [
            row["name"],
            _WORDS.get(row["category"], "–"),
            cover_told(row),
            row["deputy_name"] or "–",
            units.day(row["last_contact_on"]),
            _WORDS.get(row["contact_state"], row["contact_state"]),
            units.day(row["next_contact_on"]),
        ]
        for row in found.roster
    ]
    warned = [(at, 2) for at, row in enumerate(found.roster) if not row["is_covered"]]
    warned += [(at, 5) for at, row in enumerate(found.roster) if row["contact_state"] == "overdue"]
    deck.table(
        found.finding,
        [
            _("Account"), _("Category"), _("Our executive sponsor"), _("Deputy"), _("Last visit"), _("Visit"),
            _("Next planned"),
        ],
        rows,
        widths=[3, 1.2, 3.4, 2, 1.3, 1.2, 1.4],
        warned=warned,
        empty=_("There is no key account on this day."),
    )  # fmt: skip


def _matrix(deck: Deck, found: Overview) -> None:
    """Accounts down, executives across; of many executives those that hold something."""
    holders = [row for row in found.load if row["account_count"] or row["deputy_count"]]
    for at in range(0, len(holders), _MOST_COLUMNS):
        shown = holders[at : at + _MOST_COLUMNS]
        deck.table(
            _("Who stands behind whom: ● sponsor, ○ deputy"),
            [_("Account"), *(_initials(row["name"]) for row in shown)],
            [[row["name"], *(_mark(row[held["executive_id"]]) for held in shown)] for row in found.matrix],
            widths=[3.2, *([1.0] * len(shown))],
        )


def _load(deck: Deck, found: Overview) -> None:
    over = [at for at, row in enumerate(found.load) if row["load_state"] in ("over_cap", "over_hard_cap")]
    deck.bars(
        several(
            "{count} executive sponsors more than the cap", "{count} executives sponsor more than the cap", len(over)
        )
        if over
        else _("No executive sponsors more than the cap"),
        [row["name"] for row in found.load],
        {_("Accounts"): _of(found.load, "account_count"), _("Cap"): _of(found.load, "cap")},
        highlight=over,
        empty=_("None of our executives is on record."),
    )
    timed = [row for row in found.load if row["hours_given"] is not None and row["hours_needed"] is not None]
    late = [at for at, row in enumerate(timed) if row["hours_state"] == "over_hours"]
    deck.bars(
        several(
            "{count} executive gives fewer hours than asked",
            "{count} executives give fewer hours than asked",
            len(late),
        )
        if late
        else _("Nobody is asked for more hours than they give"),
        [row["name"] for row in timed],
        {_("Hours asked a year"): _of(timed, "hours_needed"), _("Hours given a year"): _of(timed, "hours_given")},
        highlight=late,
        empty=_("No executive has said how many hours they give."),
    )


def _of(rows: list[dict[str, Any]], name: str) -> list[float | None]:
    return [row[name] for row in rows]


def _mark(held: str | None) -> str:
    return {"sponsor": "●", "deputy": "○"}.get(held or "", "")


def _initials(name: str) -> str:
    """A name that fits over a narrow column: the initial and the family name."""
    parts = name.split()
    return name if len(parts) < 2 else f"{parts[0][0]}. {parts[-1]}"
