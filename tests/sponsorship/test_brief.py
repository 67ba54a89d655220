"""Three things to know before the next contact: which rule speaks when, and in which order; the brief and the overview."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import documents, sponsorship
from kam.errors import NotFound
from kam.sponsorship import Planned, Promise
from kam.sponsorship.brief import Limits, things_to_know
from tests.drawn import given
from tests.sponsorship.conftest import DAY

LIMITS = Limits(contract_days=180, silence_days=60, fall=0.1)
ACCOUNT = {
    "activity_state": "active",
    "last_order_on": DAY,
    "contribution_12m": 100,
    "revenue_growth_12m": 0.05,
}
NEWS = {
    "late_promise_count": 0, "open_promise_count": 0, "next_promise": None, "next_promise_due_on": None,
    "contract_end_on": None, "notice_by_on": None, "contract_name": None, "auto_renews": None,
    "complaint_count": 0, "last_complaint_on": None, "last_complaint": None, "last_dealing_on": DAY,
}  # fmt: skip
SPONSOR = {"contact_state": "current", "contact_due_on": None, "last_contact_on": DAY}


def _codes(account=None, news=None, sponsor=None, failing=()):
    things = things_to_know(
        ACCOUNT | (account or {}), NEWS | (news or {}), SPONSOR | (sponsor or {}), list(failing), LIMITS, DAY, "EUR"
    )
    return [thing.code for thing in things]


def _contract(days_to_notice, *, auto_renews=False):
    notice = DAY + timedelta(days=days_to_notice)
    return {
        "contract_name": "Frame", "notice_by_on": notice, "contract_end_on": notice + timedelta(days=90),
        "auto_renews": auto_renews,
    }  # fmt: skip


def test_where_all_is_well_it_says_what_is_well():
    assert _codes() == ["revenue_grows", "contributes", "last_visit"]


@pytest.mark.parametrize(
    ("given_", "code", "place"),
    [
        ({"news": {"late_promise_count": 1, "next_promise": "x", "next_promise_due_on": DAY}}, "promise_late", 0),
        ({"news": {"open_promise_count": 1, "next_promise": "x", "next_promise_due_on": DAY}}, "promise_open", 0),
        ({"failing": ["Revenue"]}, "gate_fails", 0),
        ({"account": {"activity_state": "dormant"}}, "dormant", 0),
        ({"account": {"activity_state": "slowing"}}, "slowing", 0),
        ({"news": {"complaint_count": 1, "last_complaint": "late"}}, "complaints", 0),
        ({"account": {"contribution_12m": -1}}, "loses_money", 0),
        ({"account": {"revenue_growth_12m": -0.1}}, "revenue_falls", 0),
        ({"account": {"revenue_growth_12m": -0.09}}, "revenue_steady", 0),
        ({"sponsor": {"contact_state": "overdue", "contact_due_on": DAY}}, "visit_overdue", 0),
        ({"news": {"last_dealing_on": DAY - timedelta(days=61)}}, "silence", 0),
        ({"sponsor": {"last_contact_on": None, "contact_state": "no_contact_yet"}}, "no_visit_yet", 0),
        ({"news": _contract(180)}, "contract_ends", 0),
        ({"news": _contract(0)}, "contract_ends", 0),
        ({"news": _contract(-1)}, "contract_ends", 0),
        ({"news": _contract(181)}, "contract_runs", 0),
        ({"news": _contract(-1, auto_renews=True)}, "contract_runs", 0),
    ],
)
def test_each_rule_speaks_at_its_line(given_, code, place):
    assert _codes(**given_)[place] == code


def test_below_the_line_a_rule_is_silent():
    assert "silence" not in _codes(news={"last_dealing_on": DAY - timedelta(days=60)})
    assert "silence" not in _codes(news={"last_dealing_on": None})
    assert not {"revenue_grows", "contributes"} & set(
        _codes(account={"revenue_growth_12m": None, "contribution_12m": None})
    )


def test_what_we_owe_and_what_may_end_stands_before_what_is_well():
    codes = _codes(
        account={"activity_state": "dormant", "contribution_12m": -5, "revenue_growth_12m": -0.5},
        news={"late_promise_count": 2, "next_promise": "x", "next_promise_due_on": DAY, "complaint_count": 2}
        | _contract(10),
        sponsor={"contact_state": "overdue", "contact_due_on": DAY},
        failing=["Revenue"],
    )
    assert codes == [
        "promise_late", "gate_fails", "dormant", "complaints", "loses_money", "contract_ends", "revenue_falls",
        "visit_overdue",
    ]  # fmt: skip


def test_a_brief_holds_the_records_and_no_more_than_three_things(people, champion):
    given(
        people,
        champion,
        "contracts",
        f"contract_id | account_id | name | start_date | end_date | notice_days\n"
        f"K1 | A | Frame <b> | 2024-01-01 | {DAY + timedelta(days=40)} | 30",
    )
    given(
        people,
        champion,
        "interactions",
        "interaction_id | account_id | occurred_on | kind | summary | by\n"
        f"I1 | A | {DAY - timedelta(days=9)} | complaint | Wrong parts | Kim",
    )
    sponsorship.make_promise(people, "A", Promise("A & B", "Kim", DAY), as_of=DAY - timedelta(days=5), who=champion)
    sponsorship.plan_contact(
        people, "A", Planned("visit", DAY + timedelta(days=9), person_ids=("P1",), brief="Ask first."), who=champion
    )

    brief = sponsorship.brief(people, "A", DAY, for_whom=champion)

    assert [thing.code for thing in brief.things] == ["promise_open", "contract_ends", "complaints"]
    assert "notice is due by 10 Jul 2025" in brief.things[1].sentence
    words = documents.brief_page(brief).content().decode("utf-8")
    for part in ("Ask first.", "Eva Klein", "A &amp; B", "Frame &lt;b&gt;", "Wrong parts", "Ada Nagel"):
        assert part in words


def test_a_brief_about_no_key_account_is_refused(programme, champion):
    with pytest.raises(NotFound):
        sponsorship.brief(programme, "Z", DAY, for_whom=champion)


def test_planned_contacts_become_calendar_entries_that_replace_each_other(people, champion):
    number = sponsorship.plan_contact(
        people, "A", Planned("call", DAY, begins="08:15", minutes=20, place="phone"), who=champion
    )
    sponsorship.write_brief(people, number, "Ask.", expected_version=1, who=champion)
    (entry,) = documents.visit_entries(people.read("sponsorship.appointment_list", {"as_of": DAY}).records())

    assert (entry.summary, entry.begins.isoformat(), entry.minutes, entry.sequence) == (
        "Call: A Ltd", "08:15:00", 20, 2,
    )  # fmt: skip
    assert entry.uid == f"sponsor-contact-{number}@kam-workbench"


def test_the_overview_says_who_has_whom_and_its_files_hold_the_same(people, champion):
    sponsorship.name_deputy(people, "A", "E2", as_of=DAY, reason="x", who=champion)

    found = sponsorship.overview(people, DAY, for_whom=champion)

    assert found.finding.startswith("1 of 3 key accounts have one of our executives behind them;")
    matrix = {row["account_id"]: row for row in found.matrix}
    assert (matrix["A"]["E1"], matrix["A"]["E2"], matrix["B"]["E1"]) == ("sponsor", "deputy", None)
    import io

    from openpyxl import load_workbook
    from pptx import Presentation

    book = load_workbook(io.BytesIO(documents.overview_workbook(found)))
    assert [row[3] for row in book["Coverage"].iter_rows(min_row=2, values_only=True)] == ["E1", None, None]
    assert len(list(book["Gaps"].iter_rows(min_row=2))) == len(found.findings)
    slides = list(Presentation(io.BytesIO(documents.overview_deck(found))).slides)
    chart = next(shape.chart for slide in slides for shape in slide.shapes if shape.has_chart)
    assert next(iter(chart.plots[0].series)).values == tuple(float(row["account_count"]) for row in found.load)


def test_an_overview_of_nothing_still_makes_its_files(store, champion):
    found = sponsorship.overview(store, date(2025, 1, 1), for_whom=champion)

    assert documents.overview_deck(found)[:2] == b"PK"
    assert documents.overview_workbook(found)[:2] == b"PK"
