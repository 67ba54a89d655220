"""Likely duplicates: names alike are found, names of different companies are not, and nothing is merged by itself."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from kam import quality
from kam.errors import BadInput
from kam.quality import duplicates


def pairs(desk, *names: str, countries: dict[str, str] | None = None, **said) -> list[tuple[str, str]]:
    """Take accounts of these names in and give the pairs suggested, as names."""
    rows = "".join(f'{number},"{name}",{(countries or {}).get(name, "")}\n' for number, name in enumerate(names))
    desk.take("accounts", "account_id,name,country\n" + rows)
    return [(p.name, p.other_name) for p in quality.likely_duplicates(desk.store, **said)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller GmbH & Co. KG", "MULLER GMBH"),
        ("Straße AG", "Strasse"),
        ("Gift Ideas Co.", "Mini Gifts Distributors Ltd."),
        ("Acme Industries", "Industries Acme, Inc."),
        ("Ferrari S.p.A.", "Ferrari SpA"),
        ("Café Noir S.A.S.", "Cafe Noir"),
        ("Nordic Fluids AB", "Nordic Fluid AB"),
    ],
)
def test_spelling_and_legal_form_do_not_hide_a_duplicate(desk, one, other):
    found = pairs(desk, one, other)
    assert bool(found) == (other != "Mini Gifts Distributors Ltd.")


def test_a_name_that_is_a_legal_form_alone_keeps_its_words():
    assert quality.plain_name("The Company") == "the company"
    assert quality.plain_name("B.V.") == "bv"


def test_the_same_name_in_two_countries_is_two_accounts_and_in_one_or_an_unknown_is_suspect(desk):
    names = ("Boreal One", "Boreal Onee", "Boreal Oneee")
    found = pairs(desk, *names, countries={"Boreal One": "SE", "Boreal Onee": "DE"}, at_least=85)
    assert ("Boreal One", "Boreal Onee") not in found
    assert ("Boreal One", "Boreal Oneee") in found and ("Boreal Onee", "Boreal Oneee") in found


def test_a_pair_that_a_person_called_two_is_not_suggested_again(desk):
    assert len(pairs(desk, "Alpha Pumps", "Alpha Pump")) == 1
    (pair,) = quality.likely_duplicates(desk.store)
    with pytest.raises(BadInput):
        quality.call_distinct(desk.store, pair.other_account_id, pair.account_id, reason=" ", who=desk.who)
    quality.call_distinct(desk.store, pair.other_account_id, pair.account_id, reason="father and son", who=desk.who)
    assert quality.likely_duplicates(desk.store) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text("abcde ", min_size=1, max_size=7).filter(str.strip), min_size=2, max_size=14),
    st.sampled_from([2, 1500]),
)
def test_blocks_find_what_comparing_all_that_begin_alike_finds(names, largest):
    """Held against every pair compared, for names whose sorted words begin with the same three letters."""
    from pytest import MonkeyPatch

    accounts = [
        {"account_id": str(n), "name": name, "country": None, "parent_account_id": None} for n, name in enumerate(names)
    ]
    plain = [" ".join(sorted(quality.plain_name(name).split())) for name in names]
    with MonkeyPatch.context() as patch:
        patch.setattr(duplicates, "_LARGEST_BLOCK", largest)
        found = {
            (p.account_id, p.other_account_id)
            for block in duplicates._blocks(accounts)
            for p in duplicates._alike(block, 90)
        }
    expected = {
        tuple(sorted((str(a), str(b))))
        for a, b in combinations(range(len(names)), 2)
        if plain[a][:3] == plain[b][:3] and fuzz.ratio(plain[a], plain[b]) >= 90
    }
    assert found <= expected
    if largest > len(names):
        assert found == expected


def test_an_unknown_account_is_shown_the_nearest_name_or_id(desk):
    desk.take("accounts", "account_id,name\n4711,Norwind Traders Ltd\n4712,Other\n")
    near = quality.near_names(desk.store, ["Northwind Traders", "4711 ", "zzzzz"])
    assert near["Northwind Traders"][:2] == ("4711", "Norwind Traders Ltd")
    assert near["4711 "][0] == "4711"
    assert "zzzzz" not in near
    assert quality.near_names(desk.store, []) == {}
