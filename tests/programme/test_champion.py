"""The champion: one at a time, with a term that is amended and never rewritten; and what is warned of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import parameters, programme
from kam.errors import Refusal
from kam.store import Condition

DAY = date(2025, 6, 30)


def term(name="Marta Lind", begin=date(2025, 1, 1), until=None, **more):
    given = {"reports_to": "Chief executive", "reports_to_level": "c_level", "time_share": 0.6} | more
    return programme.Term(name, from_on=begin, until_on=until, **given)


def appoint(store, who, *arguments, **named):
    return programme.appoint_champion(store, term(*arguments, **named), reason="r", as_of=date(2025, 1, 1), who=who)


def rules(store, day=DAY):
    return [warning.rule for warning in programme.champion_warnings(store, day)]


def on_agenda(store, who, day=DAY):
    programme.put_on_agenda(
        store, body="Board", held_on=day, subject="KAM", outcome="heard", as_of=max(day, DAY), who=who
    )


def test_there_is_one_champion_on_each_day_of_the_term_and_none_around_it(store, champion):
    appoint(store, champion, until=date(2025, 6, 30))

    assert programme.champion_on(store, date(2025, 6, 30))["name"] == "Marta Lind"
    assert programme.champion_on(store, date(2025, 7, 1)) is None
    assert programme.champion_on(store, date(2024, 12, 31)) is None


@pytest.mark.parametrize(
    ("begin", "until", "is_refused"),
    [
        (date(2025, 6, 30), None, True),  # on the other's last day
        (date(2025, 7, 1), None, False),
        (date(2024, 1, 1), date(2025, 1, 1), True),  # until the other's first day
        (date(2024, 1, 1), date(2024, 12, 31), False),
        (date(2025, 3, 1), date(2025, 3, 1), True),
        (date(2024, 1, 1), None, True),
    ],
)
def test_two_champions_at_once_are_refused_to_the_day(store, champion, begin, until, is_refused):
    appoint(store, champion, until=date(2025, 6, 30))

    if not is_refused:
        assert appoint(store, champion, "Ole Berg", begin, until) == 2
        return
    with pytest.raises(Refusal) as refused:
        appoint(store, champion, "Ole Berg", begin, until)
    assert (refused.value.reason, refused.value.field) == ("two_champions", "from_on")
    assert "Marta Lind is champion from 1 Jan 2025 to 30 Jun 2025" in refused.value.message
    assert len(store.read("programme.champion_records")) == 1


def test_an_amendment_keeps_what_stood_before_on_its_days(store, champion):
    number = appoint(store, champion)
    programme.amend_champion(
        store,
        number,
        term(until=date(2025, 12, 31), successor="Ole Berg"),
        reason="moves on",
        as_of=DAY,
        who=champion,
    )

    assert programme.champion_on(store, DAY - timedelta(days=1))["successor"] is None
    assert programme.champion_on(store, DAY)["successor"] == "Ole Berg"
    assert appoint(store, champion, "Ole Berg", date(2026, 1, 1)) == 2
    with pytest.raises(Refusal) as refused:
        programme.amend_champion(store, number, term(), reason="r", as_of=date(2025, 6, 29), who=champion)
    assert refused.value.reason == "before_last_decision"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": "  "}),
        ("reports_to", {"reports_to": ""}),
        ("reports_to_level", {"reports_to_level": "king"}),
        ("time_share", {"time_share": 1.01}),
        ("time_share", {"time_share": -0.01}),
        ("until_on", {"until": date(2024, 12, 31)}),
        ("successor", {"successor": "marta lind"}),
    ],
)
def test_a_term_that_cannot_be_is_refused_beside_its_field(store, champion, field, given):
    with pytest.raises(Refusal) as refused:
        appoint(store, champion, **given)
    assert refused.value.field == field
    assert len(store.read("programme.champion_records")) == 0


def test_a_programme_without_anything_is_warned_of_that_alone(store, champion):
    assert rules(store) == ["no_champion", "not_on_agenda"]


def test_a_champion_with_level_time_agenda_and_no_end_is_warned_of_nothing(store, champion):
    appoint(store, champion)
    on_agenda(store, champion)

    assert rules(store) == []


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"reports_to_level": "vice_president"}, "reports_too_low"),
        ({"reports_to_level": "board"}, None),
        ({"time_share": 0.49}, "no_time"),
        ({"time_share": 0.5}, None),
        ({"time_share": None}, "no_time"),
        ({"time_share": 0.0}, "no_time"),
        ({"until": DAY + timedelta(days=180)}, "no_successor"),
        ({"until": DAY + timedelta(days=181)}, None),
        ({"until": DAY + timedelta(days=20), "successor": "Ole Berg"}, None),
    ],
)
def test_each_warning_stands_on_its_own_threshold(store, champion, more, rule):
    appoint(store, champion, **more)
    on_agenda(store, champion)

    assert rules(store) == ([rule] if rule else [])


def test_a_quarter_without_an_agenda_item_is_warned_of_from_its_first_day_on(store, champion):
    appoint(store, champion)
    on_agenda(store, champion)

    assert rules(store, DAY + timedelta(days=91)) == []
    assert rules(store, DAY + timedelta(days=92)) == ["not_on_agenda"]
    assert rules(store, DAY - timedelta(days=1)) == ["not_on_agenda"]


def test_a_threshold_that_the_programme_takes_back_warns_no_more(store, champion):
    appoint(store, champion, time_share=None)
    on_agenda(store, champion)
    parameters.adopt(
        store, "programme.champion_time_share_at_least", None, valid_from=DAY, source="committee", who=champion
    )

    assert rules(store) == []


def test_a_meeting_that_was_held_needs_its_outcome_and_one_ahead_has_none(store, champion):
    with pytest.raises(Refusal) as refused:
        programme.put_on_agenda(store, body="Board", held_on=DAY, subject="KAM", as_of=DAY, who=champion)
    assert refused.value.field == "outcome"
    ahead = DAY + timedelta(days=1)
    with pytest.raises(Refusal):
        programme.put_on_agenda(store, body="Board", held_on=ahead, subject="KAM", outcome="x", as_of=DAY, who=champion)
    item = programme.put_on_agenda(store, body="Board", held_on=ahead, subject="KAM", as_of=DAY, who=champion)
    assert rules(store) == ["no_champion", "not_on_agenda"], "what is planned was not yet on the agenda"

    with pytest.raises(Refusal):
        programme.write_outcome(store, item, outcome="x", as_of=DAY, expected_version=1, who=champion)
    programme.write_outcome(
        store, item, outcome="Sponsors named", decision="All members", as_of=ahead, expected_version=1, who=champion
    )
    assert rules(store, ahead) == ["no_champion"]
    with pytest.raises(Refusal) as refused:
        programme.write_outcome(store, item, outcome="again", as_of=ahead, expected_version=2, who=champion)
    assert refused.value.reason == "written_already"


def test_the_roadshow_adds_up_by_function_and_leaves_unknown_what_nobody_counted(store, champion):
    for function, people, day in (
        ("Operations", 12, date(2025, 2, 1)),
        ("operations ", None, date(2025, 3, 1)),
        ("Finance", None, date(2025, 3, 2)),
        ("Operations", 5, date(2025, 6, 30)),
    ):
        programme.log_roadshow(
            store,
            held_on=day,
            place="Ulm",
            function=function,
            held_by="M",
            people_count=people,
            as_of=DAY,
            who=champion,
        )

    found = store.read("programme.roadshow_reach", {"as_of": DAY}, order_by=[("function", False)]).rows
    assert found == [("Finance", 1, None, date(2025, 3, 2)), ("Operations", 3, 17, date(2025, 6, 30))]
    only = store.one("programme.roadshow_reach", {"as_of": date(2025, 2, 28)}, where=[Condition("event_count", "=", 1)])
    assert (only["function"], only["people_count"]) == ("Operations", 12)


@pytest.mark.parametrize(
    ("field", "given"),
    [("held_on", {"held_on": date(2025, 7, 1)}), ("people_count", {"people_count": 0}), ("place", {"place": ""})],
)
def test_a_roadshow_that_cannot_have_been_is_refused(store, champion, field, given):
    named = {"held_on": DAY, "place": "Ulm", "function": "Finance", "held_by": "M", "people_count": 3} | given
    with pytest.raises(Refusal) as refused:
        programme.log_roadshow(store, **named, as_of=DAY, who=champion)
    assert refused.value.field == field
