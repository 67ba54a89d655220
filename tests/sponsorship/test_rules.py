"""Vetoes, locks, deputies, leaving and hours: recorded with their day, kept to by assignments and the proposal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import sponsorship
from kam.errors import BadInput, NotFound, RuleBroken
from tests.sponsorship.conftest import ASSIGNED, DAY


def _veto(store, who, executive="E2", kind="conflict_of_interest", **more):
    given_ = {"account_id": "B"} if kind in ("conflict_of_interest", "customer_objection") else {}
    told = {"as_of": DAY, "declared_by": "Legal", "reason": "owns shares in it"} | given_ | more
    return sponsorship.declare_veto(store, executive, kind, who=who, **told)


def _pairs(store, day=DAY):
    return {(r["account_id"], r["executive_id"]) for r in store.read("sponsorship.vetoed_pairs", {"as_of": day})}


def _update(store, who, table, key, **changes):
    """A master record as a later import would leave it."""
    store.write(lambda tx: tx.update(table, key, changes), who=who, action="draw", subject=("test", table))


def _owners(store, who, **owner_of):
    for account_id, owner in owner_of.items():
        _update(store, who, "ledgers.accounts", {"account_id": account_id}, owner=owner)


def test_a_veto_refuses_the_assignment_with_who_declared_it_and_why(programme, champion):
    _veto(programme, champion)

    with pytest.raises(RuleBroken) as refused:
        sponsorship.assign(programme, "B", "E2", as_of=DAY, reason="x", who=champion)

    assert refused.value.reason == "vetoed"
    assert "Bo Lund must not sponsor B Ltd." in refused.value.message
    assert "declared by Legal on 30 Jun 2025: owns shares in it." in refused.value.message
    assert programme.one("sponsorship.active_sponsors", where=[]) is not None
    assert len(programme.read("sponsorship.active_sponsors")) == 1


def test_a_veto_binds_the_accounts_that_its_kind_says(programme, champion):
    _owners(programme, champion, A="Kim Vale", B="Lou Hart", C=" kim vale ")
    _veto(programme, champion, "E1", "customer_objection", account_id="C")
    _veto(programme, champion, "E2", "line_manager", owner="Kim Vale")
    _veto(programme, champion, "E3", "quota_carrier")

    assert _pairs(programme) == {
        ("C", "E1"), ("A", "E2"), ("C", "E2"), ("A", "E3"), ("B", "E3"), ("C", "E3"),
    }  # fmt: skip


def test_a_veto_holds_from_its_day_to_its_last_day_or_until_it_is_withdrawn(programme, champion):
    _veto(programme, champion, until=DAY + timedelta(days=10))
    other = _veto(programme, champion, "E3")
    sponsorship.withdraw_veto(programme, other, as_of=DAY + timedelta(days=5), reason="shares sold", who=champion)

    found = [_pairs(programme, DAY + timedelta(days=d)) for d in (-1, 0, 4, 5, 10, 11)]

    both, one = {("B", "E2"), ("B", "E3")}, {("B", "E2")}
    assert found == [set(), both, both, one, one, set()]


@pytest.mark.parametrize(
    ("kind", "change", "reason"),
    [
        ("golf", {}, "unknown_kind"),
        ("customer_objection", {"account_id": None}, "missing_account"),
        ("line_manager", {}, "missing_owner"),
        ("quota_carrier", {"reason": " "}, "missing"),
        ("quota_carrier", {"declared_by": ""}, "missing"),
        ("quota_carrier", {"until": DAY - timedelta(days=1)}, "ends_before_it_begins"),
    ],
)
def test_a_veto_that_says_too_little_is_refused(programme, champion, kind, change, reason):
    with pytest.raises(BadInput) as refused:
        _veto(programme, champion, "E2", kind, **change)

    assert refused.value.reason == reason
    assert not len(programme.read("sponsorship.veto_decisions"))


def test_a_veto_of_someone_unknown_is_refused(programme, champion):
    for change in ({"executive": "E9"}, {"account_id": "Z"}, {"kind": "line_manager", "owner": "Nobody"}):
        with pytest.raises(NotFound):
            _veto(programme, champion, **change)
    with pytest.raises(NotFound):
        sponsorship.withdraw_veto(programme, 7, as_of=DAY, reason="x", who=champion)
    run_out = _veto(programme, champion, until=DAY)
    with pytest.raises(RuleBroken):
        sponsorship.withdraw_veto(programme, run_out, as_of=DAY + timedelta(days=1), reason="x", who=champion)


def test_a_sponsor_against_whom_a_veto_is_declared_later_is_found_and_replaced_by_the_proposal(programme, champion):
    _veto(programme, champion, "E1", account_id="A")

    found = sponsorship.check(programme, DAY, for_whom=champion).findings
    proposed = {line.account_id: line for line in sponsorship.propose(programme, DAY, for_whom=champion).lines}

    assert [f.rule for f in found if f.account_id == "A"] == ["vetoed"]
    assert "Conflict of interest: owns shares in it" in found[0].message
    assert proposed["A"].executive_id != "E1"


def test_a_locked_sponsor_stays_in_the_proposal_until_the_assignment_ends(programme, champion):
    _update(programme, champion, "ledgers.accounts", {"account_id": "A"}, industry="Chemicals")
    _update(programme, champion, "ledgers.executives", {"executive_id": "E2"}, industries=["Chemicals"])
    assert sponsorship.propose(programme, DAY, for_whom=champion).lines[0].executive_id == "E2"

    sponsorship.lock(programme, "A", as_of=DAY, reason="promised to their board", who=champion)
    assert sponsorship.propose(programme, DAY, for_whom=champion).lines[0].executive_id == "E1"
    assert sponsorship.propose(programme, DAY - timedelta(days=1), for_whom=champion).lines[0].executive_id == "E2"

    sponsorship.relieve(programme, "A", as_of=DAY, reason="x", who=champion)
    sponsorship.assign(programme, "A", "E1", as_of=DAY, reason="x", who=champion)
    assert sponsorship.propose(programme, DAY, for_whom=champion).lines[0].executive_id == "E2"


def test_a_lock_is_refused_where_it_changes_nothing_or_begins_too_early(programme, champion):
    refusals = []
    for account_id, day in (("B", DAY), ("A", ASSIGNED - timedelta(days=1))):
        with pytest.raises(RuleBroken) as refused:
            sponsorship.lock(programme, account_id, as_of=day, reason="x", who=champion)
        refusals.append(refused.value.reason)
    with pytest.raises(RuleBroken) as refused:
        sponsorship.unlock(programme, "A", as_of=DAY, reason="x", who=champion)
    sponsorship.lock(programme, "A", as_of=DAY, reason="x", who=champion)
    with pytest.raises(RuleBroken):
        sponsorship.lock(programme, "A", as_of=DAY, reason="x", who=champion)

    assert [*refusals, refused.value.reason] == ["no_sponsor", "before_assignment", "no_change"]


def test_a_sponsor_locked_since_the_proposal_was_made_refuses_the_whole(programme, champion):
    sponsorship.lock(programme, "A", as_of=DAY, reason="x", who=champion)

    with pytest.raises(RuleBroken) as refused:
        lines = [("A", "E1", "E2"), ("B", None, "E3")]
        sponsorship.accept(programme, lines, as_of=DAY, reason="x", who=champion)

    assert refused.value.reason == "locked"
    assert programme.read("sponsorship.active_sponsors").column("account_id") == ["A"]


def test_a_deputy_is_someone_else_who_is_with_us_and_may(programme, champion):
    _veto(programme, champion, "E3", account_id="A")
    sponsorship.record_leaving(programme, "E4", as_of=DAY, reason="retires", who=champion)
    refusals = []
    for account_id, executive_id in (("A", "E1"), ("A", "E3"), ("A", "E4"), ("B", "E2")):
        with pytest.raises(RuleBroken) as refused:
            sponsorship.name_deputy(programme, account_id, executive_id, as_of=DAY, reason="x", who=champion)
        refusals.append(refused.value.reason)

    assert refusals == ["is_the_sponsor", "vetoed", "has_left", "no_sponsor"]


def test_a_second_deputy_takes_the_place_of_the_first_and_a_new_sponsor_is_deputy_no_longer(programme, champion):
    for executive_id in ("E2", "E3"):
        sponsorship.name_deputy(programme, "A", executive_id, as_of=DAY, reason="x", who=champion)
    row = programme.one("sponsorship.roster_sponsors", {"as_of": DAY})
    assert (row["deputy_id"], row["deputy_name"]) == ("E3", "Cy Roth")

    sponsorship.relieve(programme, "A", as_of=DAY, reason="x", who=champion)
    sponsorship.assign(programme, "A", "E3", as_of=DAY, reason="x", who=champion)
    assert not len(programme.read("sponsorship.deputies", {"as_of": DAY}))
    with pytest.raises(RuleBroken):
        sponsorship.stand_down(programme, "A", as_of=DAY, reason="x", who=champion)


def test_who_has_left_is_not_assigned_not_proposed_and_leaves_the_account_uncovered(programme, champion):
    told = sponsorship.record_leaving(programme, "E1", as_of=DAY, reason="retires", who=champion)
    assert told == "Ada Nagel still sponsors 1 account: name a successor."

    with pytest.raises(RuleBroken) as refused:
        sponsorship.assign(programme, "B", "E1", as_of=DAY, reason="x", who=champion)
    assert (refused.value.reason, refused.value.message) == (
        "has_left",
        "Ada Nagel left on 30 Jun 2025: choose an executive who is with us.",
    )
    checked = sponsorship.check(programme, DAY, for_whom=champion)
    assert checked.covered_count == 0
    assert [f.rule for f in checked.findings if f.account_id == "A"] == ["executive_gone"]
    assert "E1" not in {line.executive_id for line in sponsorship.propose(programme, DAY, for_whom=champion).lines}
    assert "E1" not in [c["executive_id"] for c in sponsorship.candidates(programme, "B", DAY, for_whom=champion)]
    assert sponsorship.check(programme, DAY - timedelta(days=1), for_whom=champion).covered_count == 1

    with pytest.raises(RuleBroken):
        sponsorship.record_leaving(programme, "E1", as_of=DAY, reason="again", who=champion)
    sponsorship.record_return(programme, "E1", as_of=DAY, reason="stays after all", who=champion)
    assert sponsorship.check(programme, DAY, for_whom=champion).covered_count == 1
    with pytest.raises(RuleBroken):
        sponsorship.record_return(programme, "E1", as_of=DAY, reason="again", who=champion)


@pytest.mark.parametrize("hours", [None, -1, 8761, float("nan"), float("inf")])
def test_hours_that_no_year_has_are_refused(programme, champion, hours):
    with pytest.raises(BadInput):
        sponsorship.give_hours(programme, "E1", hours, as_of=DAY, reason="x", who=champion)


def test_hours_given_hold_from_their_day_and_bind_the_proposal(programme, champion):
    for executive_id in ("E2", "E3", "E4"):
        sponsorship.give_hours(programme, executive_id, 0, as_of=DAY, reason="x", who=champion)
    load = {r["executive_id"]: r for r in programme.read("sponsorship.executive_load", {"as_of": DAY})}
    asked = load["E1"]["hours_needed"]
    sponsorship.give_hours(programme, "E1", 2 * asked, as_of=DAY, reason="budget", who=champion)
    sponsorship.give_hours(programme, "E1", 0, as_of=date(2026, 1, 1), reason="later", who=champion)

    found = sponsorship.propose(programme, DAY, for_whom=champion)

    assert [line.executive_id for line in found.lines] == ["E1", "E1", None]
    assert asked == 34
    assert "give 34 hours a year more" in found.relaxation
    assert found.heaviest_load == pytest.approx(1.0)
    assert programme.one("sponsorship.executive_load", {"as_of": DAY})["hours_state"] == "within_hours"


def test_a_double_click_records_once(programme, champion):
    for _turn in range(2):
        _veto(programme, champion, op_id="same")

    assert len(programme.read("sponsorship.veto_decisions")) == 1


def test_the_fit_reads_agenda_and_development_as_noted(programme, champion):
    before = sponsorship.match(programme, ["B"], DAY, for_whom=champion)
    sponsorship.note_agenda(programme, "B", ["finance"], as_of=DAY, source="their letter", who=champion)
    sponsorship.note_development(programme, "B", "E2", 5, as_of=DAY, source="HR", who=champion)
    after = sponsorship.match(programme, ["B"], DAY, for_whom=champion)

    assert before.points("B", "E1") is None
    # Function 0.20 and development 0.05: what is noted for nobody else earns nothing for them.
    assert after.points("B", "E1") == pytest.approx(10 * 0.20 / 0.25)
    assert after.points("B", "E2") == pytest.approx(5 * 0.05 / 0.25)

    sponsorship.note_agenda(programme, "B", [], as_of=DAY, source="taken back", who=champion)
    sponsorship.note_development(programme, "B", "E2", None, as_of=DAY, source="taken back", who=champion)
    assert sponsorship.match(programme, ["B"], DAY, for_whom=champion).points("B", "E1") is None
    with pytest.raises(BadInput):
        sponsorship.note_agenda(programme, "B", ["golf"], as_of=DAY, source="x", who=champion)
    with pytest.raises(BadInput):
        sponsorship.note_development(programme, "B", "E2", 10.5, as_of=DAY, source="x", who=champion)
