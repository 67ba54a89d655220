"""Daily work on an account's page: a sentence leads to its evidence, and a note takes two clicks."""

from __future__ import annotations

import pytest

from kam import workbench
from tests.browser.test_lists import HOSTILE, WHO
from tests.drawn import given
from tests.pages.ledgers import admitted, company


def make_account(path) -> None:
    """A small programme; one contact of the hostile account would leave the quotes of the org chart."""
    with workbench.make(path, person=WHO) as made:
        company(made, WHO)
        admitted(made, WHO, "A", "B")
        given(
            made,
            WHO,
            "contacts",
            f"""
            contact_id | account_id | name                                         | influence | attitude | reports_to
            H1         | B          | {HOSTILE}                                    | 5         | 2        |
            H2         | B          | x"] ; evil [image="http://192.0.2.1/z.png"]  | 4         | -2       | H1
            """,
        )


@pytest.fixture(scope="module")
def account(serve):
    return serve("account", make_account)


def test_a_note_is_two_clicks_and_a_sentence_leads_to_its_evidence(account, visitor):
    guest = visitor(account).opens("account", account="A", as_of="2025-12-31")
    guest.tab.get_by_role("button", name="Note what happened").click()
    guest.types("What was said or happened", "Asked for drawings").types("Next step promised", "Send drawings")
    guest.presses("Write it down").sees("It is written down.")
    # The popover is closed again, and the note stands where the sentence leads.
    assert guest.tab.get_by_label("What was said or happened").locator("visible=true").count() == 0
    guest.tab.locator("tbody a").first.click()
    guest.tab.locator("[role=tab][aria-selected=true]").wait_for()
    guest.turns_to("Timeline").sees("Asked for drawings").sees("Send drawings")


def test_the_org_chart_draws_names_and_nothing_else(account, visitor):
    guest = visitor(account).opens("account", account="B", as_of="2025-12-31", tab="People")
    guest.tab.locator("[data-testid=stGraphVizChart] svg g.node").nth(2).wait_for(state="attached")
    assert (
        guest.tab.locator("[data-testid=stGraphVizChart] svg image, [data-testid=stGraphVizChart] svg a").count() == 0
    )
    assert guest.calls_out == []
