"""The sections of an account's pack, in the order of the room: what changed, what it earns, who stands where, what is next."""

from __future__ import annotations

from kam import plans, relationships, units, value
from kam.packs.business import cost_to_serve, profit_and_loss, value_range, whale_curve
from kam.packs.dealings import next_steps, service, sponsor
from kam.packs.document import MONEY, Figure, Map, Section, Table
from kam.packs.gathering import Given
from kam.packs.words import told
from kam.store import Condition
from kam.words import _, several

_FIRST = ("revenue_12m", "revenue_growth_12m", "contribution_12m", "cost_to_serve_12m", "lifetime_value")
_MOVED = ("revenue_12m", "cost_to_serve_12m", "contribution_12m", "lifetime_value")
_MOST_CELLS = 24
_ESTIMATED = ("margin_12m", "margin_rate_12m", "contribution_12m", "contribution_rate_12m", "lifetime_value")


def summary(given: Given) -> Section:
    """The figures of the account's page, its three sentences, and what changed since the last review."""
    account = given.account
    course = relationships.course(given.store, given.account_id, given.as_of, steps=2)
    people = given.people
    said = relationships.sentences(given.store, account, course, people, given.as_of)
    estimated = account["is_margin_estimated"]
    sponsor = (given.rows("sponsorship.roster_sponsors", is_dear=True) or [{}])[0]
    figures = [
        Figure(value.MEASURES[name].name, account[name], value.MEASURES[name].unit, estimated and name in _ESTIMATED)
        for name in _FIRST
    ]
    figures += [
        Figure(_("Health, 0 to 100"), course.now.index, "points"),
        Figure(_("Our executive sponsor"), sponsor.get("executive_name") or _("nobody")),
        Figure(_("Account manager"), account["owner"]),
    ]
    exact = Table(
        _("Figures"),
        _("Figures as numbers"),
        [
            ("measure_id", "text"),
            (_("Measure"), "text"),
            (_("Value"), "number"),
            (_("Day"), "date"),
            (_("Unit"), "text"),
        ],
        [
            (
                name,
                measure.name,
                None if measure.unit == "date" else account[name],
                account[name] if measure.unit == "date" else None,
                measure.unit,
            )
            for name, measure in value.MEASURES.items()
        ],
        empty="",
        ids=1,
        is_file_only=True,
    )
    found = given.since_last
    since = (
        [_moved(given, [row for row in found.figures if row["measure_id"] in _MOVED], _("What moved"))] if found else []
    )
    return Section(
        "summary",
        _("Summary"),
        _("{account} at a glance").format(account=account["name"]),
        figures=figures,
        lines=[sentence.text for sentence in said],
        tables=[*since, exact],
    )


def changes(given: Given) -> Section:
    """What changed since the last review."""
    found = given.since_last
    heading = _("Since the last review")
    if found is None:
        return Section(
            "diff", heading, _("No review has been held before this day"), lines=[_("Nothing to compare with.")]
        )
    lines = [change.text for change in found.changes]
    if found.unrecorded:
        lines.append(_("The last review did not record people, plan and promises: no change of them can be told."))
    table = _moved(given, found.figures, _("Changes"))
    title = _("{figures} and {others} since the review of {day}").format(
        figures=several("{count} figure moved", "{count} figures moved", len(found.figures)),
        others=several("{count} other change", "{count} other changes", len(found.changes)),
        day=units.day(found.since),
    )
    return Section("diff", heading, title, lines=lines, tables=[table])


def plan(given: Given) -> Section:
    """The open plan: objectives with their standing; actions of plans and reviews."""
    progress = given.rows("plans.progress", Condition("is_open", "=", True), is_dear=True)
    objectives = given.rows(
        "plans.objective_list",
        Condition("is_open", "=", True),
        is_dear=True,
        order_by=[("due_on", False), ("objective_id", False)],
    )
    actions = [
        ("plan", row["action_id"], row["action"], row["owner"], row["due_on"], row["action_state"])
        for row in given.rows("plans.action_list", Condition("is_open", "=", True))
    ] + [
        ("review", row["action_id"], row["action"], row["owner"], row["due_on"], row["action_state"])
        for row in given.rows("reviews.action_list", Condition("is_open", "=", True))
    ]
    actions.sort(key=lambda row: (row[4], row[2]))
    late = sum(row[5] == "overdue" for row in actions)
    title = _("The account has no open plan")
    if progress:
        title = _("{plan}: {done} of {all} actions done, {late}").format(
            plan=progress[0]["title"],
            done=progress[0]["done_count"],
            all=progress[0]["action_count"],
            late=several("{count} of all open is late", "{count} of all open are late", late),
        )
    return Section(
        "plan",
        _("Plan and actions"),
        title,
        tables=[
            Table(
                _("Objectives"),
                _("Objectives"),
                [
                    ("objective_id", "text"), (_("Objective"), "text"), (_("From"), "text"), (_("Now"), "text"),
                    (_("Target"), "text"), (_("Due"), "date"), (_("State"), "text"),
                ],
                [
                    (
                        row["objective_id"],
                        row["objective"],
                        units.shown(row["baseline_value"], row["unit"], given.currency),
                        units.shown(row["current_value"], row["unit"], given.currency),
                        units.shown(row["target_value"], row["unit"], given.currency),
                        row["due_on"],
                        told(row["objective_state"]),
                    )
                    for row in objectives
                ],
                empty=_("No objective is open."),
                ids=1,
                widths=[4, 1.6, 1.6, 1.6, 1.4, 1.5],
                warned=[(at, 5) for at, row in enumerate(objectives) if row["objective_state"] in ("behind", "off_track")],
            ),
            Table(
                _("Actions"),
                _("Open actions of plan and reviews"),
                [
                    ("of", "text"), ("action_id", "text"), (_("Action"), "text"), (_("Owner"), "text"), (_("Due"), "date"),
                    (_("State"), "text"),
                ],
                [(*row[:5], told(row[5])) for row in actions],
                empty=_("No action is open."),
                ids=2,
                widths=[5, 2.2, 1.4, 1.4],
                warned=[(at, 3) for at, row in enumerate(actions) if row[5] == "overdue"],
            ),
        ],
    )  # fmt: skip


def stakeholders(given: Given) -> Section:
    """Influence and attitude of the people there, and who of ours is in touch."""
    people = given.people
    here = [row for row in people.contacts if row["is_here"]]
    if people.blind_spots:
        title = _("Influential and not in touch: {names}").format(names=", ".join(people.blind_spots))
    elif people.is_single_thread:
        title = _("{person} alone holds most of the contact").format(person=people.holder)
    else:
        title = _("The influential are in touch") if here else _("No contact is on record")
    figures = [
        Figure(_("Coverage"), people.coverage, "share"),
        Figure(_("Support, −1 to 1"), None if people.support is None else round(people.support, 2), "number"),
        Figure(
            _("Effective threads"), None if people.threads_count is None else round(people.threads_count, 2), "number"
        ),
        Figure(_("Contacts"), len(here), "count"),
    ]
    placed = [
        (row["name"], row["influence"], row["attitude"])
        for row in here
        if row["influence"] is not None and row["attitude"] is not None
    ]
    return Section(
        "stakeholders",
        _("Stakeholder map"),
        title,
        figures=figures,
        pictures=[
            Map(
                _("Where they stand: influence and attitude"),
                placed,
                (_("Influence, 1 to 5"), _("Attitude, −2 hostile to 2 advocate")),
                ((0, 6), (-3, 3)),
                _("Nobody's influence and attitude are both known."),
            )
        ],
        tables=[
            Table(
                _("Contacts"),
                _("The people there"),
                [
                    ("contact_id", "text"), (_("Contact"), "text"), (_("Title"), "text"), (_("Role"), "text"),
                    (_("Influence"), "count"), (_("Attitude"), "count"), (_("Looked after by"), "text"),
                    (_("Last contact"), "date"),
                ],
                [
                    (
                        row["contact_id"], row["name"], row["title"], told(row["role"]), row["influence"], row["attitude"],
                        row["our_owner"], row["last_contact_on"],
                    )
                    for row in here
                ],
                empty=_("No contact is on record: import contacts."),
                ids=1,
                widths=[2.4, 2.6, 2, 1.25, 1.2, 2, 1.5],
                warned=[(at, 0) for at, row in enumerate(here) if row["is_blind_spot"]],
            )
        ],
    )  # fmt: skip


def whitespace(given: Given) -> Section:
    """Who sells what in which unit of the group, and what is not ours."""
    grid = plans.grid(given.store, given.account_id, given.as_of)
    white = grid.total("white_amount")
    cells = [grid.cells[unit, category] for unit in grid.units for category in grid.categories]
    cells.sort(key=lambda c: (-(c["white_amount"] or 0), c["unit"], c["category"]))
    title = (
        _("{amount} a year that we know of is not ours").format(amount=units.short_money(white, given.currency))
        if white is not None
        else _("No potential has been noted yet")
    )
    return Section(
        "whitespace",
        _("Whitespace"),
        title,
        figures=[
            Figure(_("White potential a year"), white, MONEY),
            Figure(_("Ours, 12 months"), grid.total("revenue_12m"), MONEY),
            Figure(_("Cells nobody knows"), sum(c["holder"] == "unknown" for c in cells), "count"),
        ],
        tables=[
            Table(
                _("Whitespace"),
                _("Unit and product category, the largest white potential first"),
                [
                    ("unit_id", "text"), (_("Unit"), "text"), (_("Category"), "text"), (_("Who sells there"), "text"),
                    (_("Ours, 12 months"), MONEY), (_("Potential"), MONEY), (_("Not ours"), MONEY), (_("Noted"), "date"),
                ],
                [
                    (
                        c["unit"], c["unit_name"], c["category"], c["competitor"] or plans.HOLDERS[c["holder"]],
                        c["revenue_12m"], c["potential_amount"], c["white_amount"], c["noted_on"],
                    )
                    for c in cells
                ],
                empty=_("The ledger knows no product category: import products with their category."),
                ids=1,
                widths=[2.6, 2, 1.8, 1.6, 1.6, 1.6, 1.3],
                most=_MOST_CELLS,
            )
        ],
    )  # fmt: skip


def _moved(given: Given, rows: list[dict], name: str) -> Table:
    return Table(
        name,
        _("Figures since the review of {day}").format(day=units.day(given.since_last.since)),
        [
            ("measure_id", "text"),
            (_("Measure"), "text"),
            (_("Then"), "text"),
            (_("Now"), "text"),
            (_("Change"), "text"),
        ],
        [
            (
                row["measure_id"],
                row["name"],
                units.shown(row["before"], row["unit"], given.currency),
                units.shown(row["after"], row["unit"], given.currency),
                _signed(row, given.currency),
            )
            for row in rows
        ],
        empty=_("No figure has changed."),
        ids=1,
        widths=[3, 2, 2, 2],
    )


def _signed(row: dict, currency: str) -> str | None:
    if row["change"] is None:
        return None
    text = units.shown(abs(row["change"]), row["unit"], currency)
    return f"+{text}" if row["change"] >= 0 else f"\N{MINUS SIGN}{text}"


SECTIONS = (
    ("summary", _("Summary"), summary),
    ("diff", _("Since the last review"), changes),
    ("profit", _("Profit and loss"), profit_and_loss),
    ("range", _("Value range"), value_range),
    ("whale", _("Place on the whale curve"), whale_curve),
    ("cost", _("Cost to serve against peers"), cost_to_serve),
    ("plan", _("Plan and actions"), plan),
    ("stakeholders", _("Stakeholder map"), stakeholders),
    ("whitespace", _("Whitespace"), whitespace),
    ("service", _("Commitments and complaints"), service),
    ("sponsor", _("Contacts of our executives"), sponsor),
    ("next", _("Next steps"), next_steps),
)
