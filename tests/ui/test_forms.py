"""Forms write once, keep what was typed when refused, and say what was done after the rerun."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from kam.ui import session
from tests.pages.conftest import Page


def choosing():
    """A page with a form that chooses the person."""
    import streamlit as st

    from kam import access, ui

    frame = ui.page("Test", "Who?", needs_ledger=False)
    with ui.form("choose", "Save") as form:
        name = st.text_input("Name")
    if form.sent:
        with ui.refusals_shown(form):
            access.choose(frame.store, access.person_named(name), op_id=form.op_id)
            form.done(f"{name} was saved.")


def editing():
    """A page with a form that renames the chosen person, knowing the version that was seen."""
    import streamlit as st

    from kam import ui

    frame = ui.page("Test", "Who?", needs_ledger=False)
    held = frame.store.one("access.people")
    with ui.form("rename", "Save") as form:
        name = st.text_input("Name")
        seen = form.version(held["version"])
    if form.sent:
        with ui.refusals_shown(form):
            frame.store.write(
                lambda tx: tx.update(
                    "access.people", {"person_id": held["person_id"]}, {"name": name}, expected_version=seen
                ),
                who=frame.person,
                action="rename",
                subject=("person", held["person_id"]),
                op_id=form.op_id,
            )
            form.done("Saved.")


def failing():
    """A page whose button runs into our own mistake."""
    from kam import ui

    ui.page("Test", "Who?", needs_ledger=False)
    if ui.press("break", "Break").sent:
        with ui.refusals_shown():
            raise ZeroDivisionError("secret detail")


@pytest.fixture
def open_script(store, monkeypatch):
    monkeypatch.setattr(session, "store", lambda: store)
    return lambda script: Page(AppTest.from_function(script, default_timeout=30).run())


def names(store):
    return store.read("access.people", order_by=[("name", False)]).column("name")


def test_a_saved_form_says_so_once_and_is_empty_again(store, open_script):
    page = open_script(choosing)
    page.field("text_input", "Name").set_value("Tomas Reuter")
    page.press("Save")
    assert [m.value for m in page.at.success] == ["Tomas Reuter was saved\\."]
    assert page.field("text_input", "Name").value == ""
    assert names(store) == ["Ines Brandt", "Tomas Reuter"]
    assert not page.run().at.success


def test_a_refused_form_shows_the_sentence_and_keeps_what_was_typed(store, open_script):
    page = open_script(choosing)
    page.field("text_input", "Name").set_value("x" * 121)
    before = store.version()
    page.press("Save")
    assert page.errors == ["The name is longer than 120 characters: shorten it."]
    assert page.field("text_input", "Name").value == "x" * 121
    assert store.version() == before


def test_a_second_submit_with_the_same_key_writes_nothing(store, open_script):
    page = open_script(choosing)
    op_id = page.at.session_state["ui.form.choose"]["op_id"]
    page.field("text_input", "Name").set_value("Tomas Reuter")
    page.press("Save")
    # The impatient second click carries the form as it was first shown.
    page.at.session_state["ui.form.choose"] = {"op_id": op_id}
    page.run()
    page.field("text_input", "Name").set_value("Someone Else")
    page.press("Save")
    assert names(store) == ["Ines Brandt", "Tomas Reuter"]
    assert page.at.session_state["ui.form.choose"]["op_id"] != op_id


def test_a_second_editor_sees_both_versions_and_decides(store, champion, open_script):
    page = open_script(editing)
    key = {"person_id": champion.person_id}
    store.write(
        lambda tx: tx.update("access.people", key, {"name": "Theirs"}),
        who=champion,
        action="rename",
        subject=("p", "p"),
    )
    page.field("text_input", "Name").set_value("Mine")
    page.press("Save")
    assert page.tables["both_versions"] == [{"Field": "name", "Saved now": "Theirs", "Your change": "Mine"}]
    assert names(store) == ["Theirs"]
    page.press("Save")
    assert names(store) == ["Mine"]


def test_our_own_mistake_is_an_apology_with_a_reference_and_no_detail(open_script, caplog):
    page = open_script(failing).press("Break")
    (apology,) = page.errors
    assert "something went wrong on our side" in apology and "secret" not in page.text
    reference = apology.split("reference ")[1].split(")")[0]
    assert any(reference in record.getMessage() and record.exc_info for record in caplog.records)
