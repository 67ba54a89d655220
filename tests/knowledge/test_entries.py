"""The knowledge base: entries with their versions, what they fit, and what they refuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import everyday, knowledge, portfolio, relationships
from kam.errors import BadInput, NotFound, Refusal, RuleBroken, StaleWrite
from tests.drawn import given

AS_OF = date(2025, 12, 31)


@pytest.fixture
def ledger(store, champion):
    given(store, champion, "accounts", "account_id | name | industry\nA | Alpha | Steel\nB | Beta | Paper\nC | Gamma |")
    portfolio.make_tag(store, "Focus", "Grow", as_of=date(2025, 1, 1), who=champion)
    portfolio.tag_accounts(store, ["A"], "Focus", "Grow", as_of=date(2025, 6, 1), who=champion)
    portfolio.grade_accounts(
        store, ["A", "B"], "B", reason="x", classes={"need": "latent"}, as_of=date(2025, 6, 1), who=champion
    )
    for side, stage in (("ours", "integrated"), ("customers", "cooperative")):
        relationships.rate_stage(
            store, "A", side, stage=stage, evidence="e", rated_on=date(2025, 6, 1), rated_by="Mara", who=champion
        )
    return store


def entry(title="T", **changes):
    given = {
        "kind": "playbook", "title": title, "text": "x", "author": "a", "owner": "o", "source": "s", "written_on": date(2025, 1, 1)
    }  # fmt: skip
    return knowledge.Entry(**(given | changes))


def write(store, who, title="T", as_of=AS_OF, **changes):
    return knowledge.write_entry(store, entry(title, **changes), as_of=as_of, who=who)


def test_an_account_carries_what_people_and_the_master_say_of_it_on_the_day(ledger):
    assert knowledge.carried_marks(ledger, "A", AS_OF) == [
        ("industry", "Steel"),
        ("need", "latent"),
        ("stage", "cooperative"),
        ("tag", "Focus: Grow"),
    ]
    assert knowledge.carried_marks(ledger, "A", date(2025, 5, 31)) == [("industry", "Steel")]
    assert knowledge.carried_marks(ledger, "C", AS_OF) == []


def test_what_fits_is_ranked_as_a_slow_reading_says_and_names_the_marks(ledger, champion):
    marks = [
        ("industry", "Steel"),
        ("need", "latent"),
        ("stage", "cooperative"),
        ("tag", "Focus: Grow"),
        ("industry", "Paper"),
    ]
    for number in range(1, 2 ** len(marks)):
        chosen = tuple(mark for at, mark in enumerate(marks) if number >> at & 1)
        write(ledger, champion, f"T{number:02}", marks=chosen)
    write(ledger, champion, "No marks")
    write(ledger, champion, "Case of A", kind="case", account_id="A")
    for account in "ABC":
        carried = set(knowledge.carried_marks(ledger, account, AS_OF))
        expected = []
        for row in ledger.read("knowledge.entry_list", {"as_of": AS_OF}):
            own = row["account_id"] == account
            of_entry = knowledge.marks_of(ledger, row["version_id"])
            same = [mark for mark in of_entry if mark in carried]
            if own or same:
                share = len(same) / len(of_entry) if of_entry else 0
                told = [knowledge.mark_told(*mark) for mark in same]
                expected.append(((not own, -len(same), -share, row["title"]), row["title"], told))
        found = ledger.read("knowledge.fitting", {"as_of": AS_OF, "of_account": account}, order_by=[("place", False)])
        assert [(row["title"], row["matched"]) for row in found] == [
            (title, told) for _key, title, told in sorted(expected)
        ]
    assert not found.rows


def test_an_entry_is_current_stale_and_retired_by_the_day(ledger, champion):
    number = write(ledger, champion, review_by=AS_OF, as_of=AS_OF - timedelta(days=9), marks=(("industry", "Steel"),))
    knowledge.retire_entry(ledger, number, reason="old", as_of=AS_OF + timedelta(days=2), who=champion)

    def state(days):
        row = ledger.one("knowledge.entry_list", {"as_of": AS_OF + timedelta(days=days)})
        fits = ledger.read("knowledge.fitting", {"as_of": AS_OF + timedelta(days=days), "of_account": "A"})
        return (row["entry_state"] if row else None, len(fits))

    assert [state(days) for days in (-10, 0, 1, 2)] == [(None, 0), ("current", 1), ("stale", 1), ("retired", 0)]


def test_a_new_version_takes_over_with_its_own_marks_and_the_old_one_stays(ledger, champion):
    number = write(ledger, champion, marks=(("industry", "Steel"), ("industry", "Steel")))
    knowledge.change_entry(
        ledger, number, entry("U", marks=(("industry", "Paper"),)), reason="r", as_of=AS_OF, who=champion
    )
    row = ledger.one("knowledge.entry_list", {"as_of": AS_OF})
    assert (row["title"], row["version"], row["marks"]) == ("U", 2, ["industry: Paper"])
    assert ledger.read("knowledge.versions", order_by=[("version", False)]).column("title") == ["T", "U"]
    assert knowledge.marks_of(ledger, 1) == [("industry", "Steel")]
    assert row["review_by"] == AS_OF + timedelta(days=365)


@pytest.mark.parametrize(
    ("changes", "kind", "field"),
    [
        ({"kind": "rumour"}, BadInput, "kind"),
        ({"title": " "}, BadInput, "title"),
        ({"title": "x" * 201}, BadInput, "title"),
        ({"text": ""}, BadInput, "text"),
        ({"text": "x" * 20_001}, BadInput, "text"),
        ({"author": ""}, BadInput, "author"),
        ({"owner": ""}, BadInput, "owner"),
        ({"source": ""}, BadInput, "source"),
        ({"written_on": AS_OF + timedelta(days=1)}, BadInput, "written_on"),
        ({"review_by": AS_OF - timedelta(days=1)}, BadInput, "review_by"),
        ({"account_id": "A"}, BadInput, "account_id"),
        ({"kind": "case", "account_id": "Z"}, NotFound, "account_id"),
        ({"marks": (("tag", "Focus: Shrink"),)}, NotFound, "marks"),
        ({"marks": (("colour", "red"),)}, NotFound, "marks"),
        ({"marks": (("industry", "Steel"),) * 31}, BadInput, "marks"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_beside_its_field(ledger, champion, changes, kind, field):
    with pytest.raises(kind) as refused:
        knowledge.write_entry(ledger, entry(**changes), as_of=AS_OF, who=champion)
    assert refused.value.field == field
    assert not ledger.read("knowledge.versions").rows


def test_what_a_change_refuses_and_a_title_is_free_again_once_retired(ledger, champion):
    first, second = write(ledger, champion), write(ledger, champion, "U")
    given = {"reason": "r", "as_of": AS_OF, "who": champion}
    cases = [
        (RuleBroken, lambda: write(ledger, champion, "t")),
        (RuleBroken, lambda: knowledge.change_entry(ledger, second, entry("T"), **given)),
        (NotFound, lambda: knowledge.change_entry(ledger, 9, entry("V"), **given)),
        (StaleWrite, lambda: knowledge.change_entry(ledger, first, entry("V"), expected_version=3, **given)),
        (BadInput, lambda: knowledge.change_entry(ledger, first, entry("V"), **(given | {"reason": ""}))),
        (BadInput, lambda: knowledge.retire_entry(ledger, first, **(given | {"as_of": date(2025, 1, 1)}))),
        (BadInput, lambda: knowledge.retire_entry(ledger, first, **(given | {"reason": ""}))),
    ]
    for kind, doing in cases:
        with pytest.raises(kind):
            doing()
    knowledge.retire_entry(ledger, first, **given)
    with pytest.raises(RuleBroken):
        knowledge.retire_entry(ledger, first, **given)
    write(ledger, champion, "T")


def test_a_double_click_writes_one_entry(ledger, champion):
    for expected in (1, None):
        assert knowledge.write_entry(ledger, entry(), as_of=AS_OF, who=champion, op_id="once") == expected
    assert len(ledger.read("knowledge.versions")) == 1


def test_search_finds_entries_in_use_by_title_marks_and_text_in_this_order(ledger, champion):
    write(ledger, champion, "About Grow")
    write(ledger, champion, "Growing")
    write(ledger, champion, "Marks", marks=(("tag", "Focus: Grow"),))
    write(ledger, champion, "Text", text="how to grów")
    write(ledger, champion, "Other")
    gone = write(ledger, champion, "Growth, retired")
    knowledge.retire_entry(ledger, gone, reason="r", as_of=AS_OF, who=champion)
    found = everyday.search(ledger, "GROW", AS_OF)["knowledge"]
    assert found.column("title") == ["Growing", "About Grow", "Marks", "Text"]


def test_a_refusal_is_one_sentence_that_says_what_to_do(ledger, champion):
    with pytest.raises(Refusal) as refused:
        write(ledger, champion, account_id="A")
    assert refused.value.message.endswith("as a case or a lesson.")
