"""Reading criteria files: what they may state, and how each fault is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kam import selection
from kam.errors import BadInput, Refusal, RuleBroken
from kam.selection.criteria_file import stored_criteria
from tests.selection.conftest import HEAD, gate, score

REVENUE = gate(at_least=250000)
RATE = score("contribution_rate_12m", "attractiveness", 1, "[[0, 0], [0.2, 5], [0.4, 10]]", "share")


def refused(text, kind=BadInput) -> Refusal:
    with pytest.raises(kind) as refusal:
        selection.read_criteria(text, "charter.toml")
    assert refusal.value.message.startswith("charter.toml")
    assert "\n" not in refusal.value.message
    return refusal.value


def test_a_criteria_file_says_what_the_set_holds():
    criteria = selection.read_criteria(HEAD + REVENUE + gate("last_order_on", "date", at_least="2025-06-01") + RATE)
    assert (criteria.name, criteria.valid_from, criteria.level) == ("Charter 2025", date(2025, 1, 1), "account")
    assert [(g.measure, g.bound, g.threshold) for g in criteria.gates] == [
        ("revenue_12m", "at_least", 250000),
        ("last_order_on", "at_least", date(2025, 6, 1)),
    ]
    (rate,) = criteria.scores
    assert (rate.axis, rate.weight, rate.anchors) == ("attractiveness", 1, ((0, 0), (0.2, 5), (0.4, 10)))
    assert criteria.measures == ("revenue_12m", "last_order_on", "contribution_rate_12m")


def test_the_starter_criteria_are_a_valid_set():
    file = Path(__file__).resolve().parents[2] / "data" / "criteria" / "starter.toml"
    criteria = selection.read_criteria(file.read_bytes(), file.name)
    assert criteria.gates
    for axis in selection.AXES:
        assert sum(item.weight for item in criteria.scores_of(axis)) == pytest.approx(1)


def test_a_set_written_by_the_page_is_read_back_as_it_was():
    head = {
        "name": 'Ünï "quoted" \\ back\x7f',
        "from": date(2026, 1, 1),
        "source": "line\nbreak\ttab",
        "level": "group",
    }
    gates = [
        {
            "measure": "revenue_12m",
            "at_least": 1234567.89,
            "at_most": None,
            "suspends": True,
            "unit": "reporting currency",
            "source": "a",
        },
        {"measure": "last_order_on", "at_most": date(2026, 1, 31), "unit": "date", "source": "b"},
    ]
    scores = [
        {
            "measure": "margin_rate_12m",
            "axis": "strength",
            "weight": 1.0,
            "anchors": [(-0.1, 0), (1e-7, 5), (0.5, 10)],
            "unit": "share",
            "source": "c",
        }
    ]
    criteria = selection.read_criteria(selection.written_criteria(head, gates, scores))
    assert (criteria.name, criteria.source, criteria.level) == (head["name"], head["source"], "group")
    assert [g.threshold for g in criteria.gates] == [1234567.89, date(2026, 1, 31)]
    assert [g.suspends for g in criteria.gates] == [True, False]
    assert criteria.scores[0].anchors == ((-0.1, 0), (1e-7, 5), (0.5, 10))


@pytest.mark.parametrize(
    ("text", "reason", "key", "said"),
    [
        (HEAD + gate(at_leest=5), "unknown_key", "at_leest", "did you mean at_least?"),
        (HEAD + REVENUE + "[[score]]\nweigth = 1\n", "unknown_key", "weigth", "did you mean weight?"),
        (HEAD + "colour = 'red'\n" + REVENUE, "unknown_key", "colour", "name, from, source, level"),
        (HEAD + REVENUE + "[extra]\nx = 1\n", "unknown_key", "extra", "set, gate, score"),
        (REVENUE, "missing", "set", "set is missing"),
        (HEAD + 'level = "galaxy"\n' + REVENUE, "bad_value", "level", "'account' or 'group'"),
        (HEAD + gate(at_least=5).replace('source = "Charter 3.1"', ""), "missing", "source", "source is missing"),
        (HEAD + gate(at_least=5, source=""), "bad_value", "source", "source is empty"),
        (HEAD + gate("revenue", at_least=5), "unknown_measure", "measure", "did you mean revenue_"),
        (HEAD + gate("zzz", at_least=5), "unknown_measure", "measure", "lifetime_value"),
        (HEAD + gate(at_least=5, unit="EUR"), "wrong_unit", "unit", "reporting currency"),
        (HEAD + gate("margin_rate_12m", "percent", at_least=5), "wrong_unit", "unit", "share"),
        (HEAD + gate("recency_days", "months", at_most=5), "wrong_unit", "unit", "days"),
        (HEAD + gate("last_order_on", "date", at_least=5), "wrong_unit", "at_least", "is a date"),
        (HEAD + gate(at_least="2025-01-01"), "wrong_unit", "at_least", "not a date"),
        (HEAD + gate(), "no_threshold", "measure", "lacks at_least or at_most"),
        (HEAD + gate(at_least=1, at_most=2), "two_thresholds", "at_most", "one gate"),
        (HEAD + gate(at_least="'5'"), "bad_value", "at_least", "is a number"),
        (HEAD + gate(at_least="true"), "bad_value", "at_least", "is a number"),
        (HEAD + gate(at_least="nan"), "not_finite", "at_least", "finite"),
        (HEAD + gate(at_most="inf"), "not_finite", "at_most", "finite"),
        (HEAD + gate(at_least=5, suspends="'yes'"), "bad_value", "suspends", "true or false"),
        (HEAD + gate(at_least=5, suspends="1"), "bad_value", "suspends", "true or false"),
        (HEAD + RATE, "no_gate", "gate", "no gate"),
        (HEAD + REVENUE + REVENUE, "twice", "at_least", "earlier gate"),
        (HEAD + REVENUE + gate(at_most=5), "contradiction", "at_most", "no account can pass"),
        (HEAD + REVENUE + RATE.replace("weight = 1", "weight = 0.9"), "bad_weights", "weight", "make 0.9"),
        (HEAD + REVENUE + RATE + RATE.replace("weight = 1", "weight = -1"), "bad_weights", "weight", "0 or more"),
        (HEAD + REVENUE + RATE.replace("0.2, 5", "0.0, 5"), "bad_anchors", "anchors", "must rise"),
        (HEAD + REVENUE + RATE.replace("0.4, 10", "0.4, 11"), "bad_anchors", "anchors", "between 0 and 10"),
        (HEAD + REVENUE + RATE.replace("[0, 0], [0.2, 5], ", ""), "bad_anchors", "anchors", "two pairs"),
        (HEAD + REVENUE + RATE.replace("[0, 0]", "[0, 0, 0]"), "bad_value", "anchors", "pairs"),
        (HEAD + REVENUE + RATE.replace("attractiveness", "beauty"), "bad_value", "axis", "strength"),
        (HEAD + REVENUE + RATE + RATE, "twice", "measure", "twice"),
        (HEAD.replace("2025-01-01", "'2025-01-01'") + REVENUE, "bad_value", "from", "without quotation marks"),
        (HEAD.replace('"Charter 2025"', "5") + REVENUE, "bad_value", "name", "quotation marks"),
        (HEAD + "[gate]\nmeasure = 'x'\n", "bad_value", "gate", "[[gate]]"),
        ("set = 5\n", "bad_value", "set", "[set]"),
        (HEAD + gate("strategic_fit", "share", at_least=5), "wrong_unit", "unit", "points"),
        (
            HEAD + REVENUE + 9 * RATE + 9 * RATE.replace("attractiveness", "strength"),
            "too_many",
            "score",
            "16 are the most",
        ),
    ],
)
def test_each_fault_is_one_sentence_that_names_the_key(text, reason, key, said):
    refusal = refused(text)
    assert (refusal.reason, refusal.field) == (reason, key)
    assert said in refusal.message


@pytest.mark.parametrize(
    ("measure", "ground"),
    [
        ("tenure", "tenure"),
        ("first_order_on", "tenure"),
        ("customer_since", "tenure"),
        ("relationship_length_years", "tenure"),
        ("golf_friend", "personal friendship"),
        ("CEO's golf partner", "personal friendship"),
        ("personal_relationship", "personal friendship"),
        ("shouts_loudest", "who shouts loudest"),
        ("logo_prestige", "prestige"),
        ("is_key_account", "historic status"),
        ("owner", "who owns the account"),
        ("salesperson", "who owns the account"),
    ],
)
@pytest.mark.parametrize("place", ["gate", "score"])
def test_a_forbidden_ground_is_refused_with_its_sentence_and_source(measure, ground, place):
    text = HEAD + REVENUE
    text += gate(measure, at_least=1) if place == "gate" else score(measure, "strength", 1, "[[0, 0], [1, 10]]")
    refusal = refused(text, RuleBroken)
    assert refusal.reason == "forbidden_ground"
    known = next(g for g in selection.GROUNDS if g.name == ground)
    assert ground in refusal.message
    assert known.sentence in refusal.message
    assert known.source in refusal.message
    assert refusal.line is not None


def test_past_revenue_as_the_only_criterion_is_refused_and_beside_others_allowed():
    for text in (HEAD + REVENUE, HEAD + REVENUE + gate("revenue_24m", at_least=5)):
        refusal = refused(text, RuleBroken)
        assert (refusal.reason, "revenue alone" in refusal.message) == ("forbidden_ground", True)
    assert selection.read_criteria(HEAD + REVENUE + RATE)
    assert selection.read_criteria(HEAD + REVENUE + gate("recency_days", "days", at_most=90))


def test_a_fault_is_found_in_its_line():
    text = HEAD + REVENUE + "# [[gate]] in a comment\n" + gate("margin_12m", at_least=5, unit="share")
    refusal = refused(text)
    assert text.splitlines()[refusal.line - 1] == 'unit = "share"'
    assert f"line {refusal.line}, gate 2, unit" in refusal.message


def test_anchors_over_several_lines_do_not_hide_the_keys_behind_them():
    text = (
        HEAD + REVENUE + RATE.replace("[[0, 0], [0.2, 5], [0.4, 10]]", "[\n[0, 0],\n[0.2, 5]\n]").replace("share", "%")
    )
    refusal = refused(text)
    assert text.splitlines()[refusal.line - 1] == 'unit = "%"'


def test_what_is_no_toml_is_said_with_its_line():
    refusal = refused(HEAD + "[[gate]]\nmeasure = \n")
    assert (refusal.reason, refusal.line) == ("unreadable", HEAD.count("\n") + 2)
    assert refused("[set]\nname = 'open").reason == "unreadable"
    assert refused("[set]\nname = 1\nname = 2\n").reason == "unreadable"
    assert refused("\xff\xfe".encode("latin-1")).reason == "encoding"


def test_a_file_with_a_byte_order_mark_is_read():
    assert selection.read_criteria(("\ufeff" + HEAD + REVENUE + RATE).encode()).name == "Charter 2025"


def test_a_count_may_be_called_a_count():
    assert selection.read_criteria(HEAD + gate("orders_12m", "count", at_least=5)).gates
    assert refused(HEAD + gate("margin_12m", "count", at_least=5)).reason == "wrong_unit"


def test_a_set_stays_readable_when_the_rules_have_changed():
    assert stored_criteria(HEAD + gate("measure_of_another_age", at_least=5)).gates[0].threshold == 5
