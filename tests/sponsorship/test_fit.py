"""The fit of an executive to an account: what earns points, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest

from kam import sponsorship
from kam.sponsorship.fit import AccountProfile, ExecutiveProfile, FitRules, counterpart_level, fit, title_level
from kam.sponsorship.languages import languages_named, spoken_in
from tests.drawn import given
from tests.key_accounts import key_accounts

RULES = FitRules(
    weights={"seniority": 0.3, "industry": 0.2, "region": 0.15, "language": 0.15, "contact": 0.2},
    points_lost_per_level=3,
    contacts_for_all_points=4,
)


def _account(**known) -> AccountProfile:
    blank = dict.fromkeys(("industry", "region", "country", "counterpart_level", "contacts"))
    return AccountProfile(account_id="A", **(blank | known))


def _executive(**known) -> ExecutiveProfile:
    blank = {"level": None, "region": None, "industries": (), "languages": ()}
    return ExecutiveProfile(executive_id="E", **(blank | known))


def test_a_match_in_every_part_earns_ten():
    found = fit(
        _account(industry="Steel", region="EMEA", country="Austria", counterpart_level=3, contacts={"E": 4}),
        _executive(level="c_level", region="emea", industries=["paper", "steel"], languages=["de"]),
        RULES,
    )

    assert found.points == 10
    assert found.parts == dict.fromkeys(("seniority", "industry", "region", "language", "contact"), 10.0)


def test_weights_of_what_is_known_of_the_account_keep_their_proportions():
    found = fit(_account(industry="Steel", region="EMEA"), _executive(industries=["Steel"], region="Americas"), RULES)

    assert found.points == round(10 * 0.2 / (0.2 + 0.15), 2)


def test_what_is_not_known_of_the_executive_earns_nothing_but_stays_unknown():
    found = fit(_account(industry="Steel", region="EMEA"), _executive(region="EMEA"), RULES)

    assert found.parts == {"industry": None, "region": 10.0}
    assert found.points == round(10 * 0.15 / (0.2 + 0.15), 2)


def test_an_account_of_which_nothing_is_known_has_no_fit():
    assert fit(_account(), _executive(level="board", region="EMEA"), RULES).points is None


@pytest.mark.parametrize(("level", "points"), [("board", 7), ("c_level", 10), ("vice_president", 7), ("director", 4)])
def test_seniority_loses_points_per_level_in_both_directions(level, points):
    assert fit(_account(counterpart_level=3), _executive(level=level), RULES).points == points


@pytest.mark.parametrize(("count", "points"), [(0, 0), (1, 2.5), (4, 10), (9, 10)])
def test_contact_earns_by_number_up_to_all_points(count, points):
    assert fit(_account(contacts={"E": count} if count else {}), _executive(), RULES).points == points


def test_a_country_alone_says_nothing_against_an_executive_of_a_region():
    assert "region" not in fit(_account(country="Germany"), _executive(region="EMEA"), RULES).parts
    assert fit(_account(country="Germany"), _executive(region="Germany; Austria"), RULES).parts["region"] == 10


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Vice President Procurement", 2),
        ("SVP Operations", 2),
        ("President", 4),
        ("Chairwoman of the board", 4),
        ("CEO", 3),
        ("Chief Procurement Officer", 3),
        ("Managing Director", 3),
        ("Director of Supply Chain", 1),
        ("Head of Purchasing", 1),
        ("Purchasing Manager", 0),
        ("Poet", None),
        (None, None),
    ],
)
def test_a_title_tells_the_level(title, level):
    assert title_level(title) == level


def test_the_counterpart_is_the_highest_decider_before_anyone_else():
    assert counterpart_level([("CEO", "user"), ("Buyer", "Decision maker")]) == 0
    assert counterpart_level([("CEO", "user"), ("Wizard", "decision maker")]) == 3
    assert counterpart_level([("Wizard", None)]) is None


def test_languages_are_known_by_name_and_code():
    assert spoken_in("Switzerland") == {"german", "french", "italian"}
    assert spoken_in("gb") == {"english"}
    assert spoken_in("Atlantis") == frozenset() == spoken_in(None)
    assert languages_named(["DE", " English ", "Klingon", ""]) == {"german", "english", "klingon"}


def test_the_fit_is_gathered_from_the_records(store, champion):
    key_accounts(store, champion, "A", on=date(2025, 1, 1))
    given(store, champion, "accounts", "account_id | name | industry | country\nB | Bravo | Steel | Austria")
    given(
        store,
        champion,
        "contacts",
        """
        contact_id | account_id | name | title | role
        C1         | B          | Mia  | CEO   | decision maker
        """,
    )
    given(
        store,
        champion,
        "executives",
        """
        executive_id | name      | title | level   | industries    | languages | email
        E1           | Ada Nagel | CFO   | c_level | [Steel, Wood] | [de]      | ada@example.com
        E2           | Bo Lund   | COO   |         |               | [sv]      |
        """,
    )
    given(
        store,
        champion,
        "interactions",
        """
        interaction_id | account_id | occurred_on | kind  | summary | by
        I1             | B          | 2025-05-31  | visit | x       | ada nagel
        I2             | B          | 2023-06-01  | call  | x       | ADA@example.com
        I3             | B          | 2023-05-31  | call  | x       | E1
        I4             | B          | 2025-06-01  | call  | x       | E1
        """,
    )

    found = sponsorship.match(store, ["A", "B"], date(2025, 5, 31), for_whom=champion)

    # (31 May 2023, 31 May 2025] holds two of Ada's contacts: half of the four that earn all points.
    assert found.fits["B", "E1"].parts == {"seniority": 10, "industry": 10, "language": 10, "contact": 5}
    assert found.points("B", "E1") == round((0.3 * 10 + 0.2 * 10 + 0.15 * 10 + 0.2 * 5) / 0.85, 2)
    assert found.fits["B", "E2"].parts == {"seniority": None, "industry": None, "language": 0, "contact": 0}
    assert found.points("B", "E2") == 0
    assert found.points("A", "E1") is None
    assert found.points("B", "nobody") is None
