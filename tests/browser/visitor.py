"""A person at the screen: opens, reads, types, presses. Waits for text, never sleeps."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

# What a page says when something of ours broke (kam.ui.refusals); no visitor may ever read it.
APOLOGY = "something went wrong on our side"
PATIENCE = 60_000


class Visitor:
    """One browser tab on a served workbench."""

    def __init__(self, tab, address: str) -> None:
        self.tab = tab
        self.address = address
        self.calls_out: list[str] = []
        tab.set_default_timeout(PATIENCE)
        tab.on("request", self._note)

    def _note(self, request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.calls_out.append(request.url)

    def opens(self, page: str = "", **query: str) -> Visitor:
        """Go to a page by its address and wait until it stands still."""
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        self.tab.goto(f"{self.address}/{page}" + (f"?{asked}" if asked else ""))
        return self.waits()

    def waits(self) -> Visitor:
        """Until the script has run through."""
        self.tab.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        # A rerun that a click has just asked for may not have begun: the state must hold twice.
        self.tab.wait_for_timeout(120)
        self.tab.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        assert APOLOGY not in self.text(), self.text()
        return self

    def text(self) -> str:
        """All that stands on the page."""
        return self.tab.locator('[data-testid="stApp"]').inner_text()

    def sees(self, text: str | re.Pattern) -> Visitor:
        """Wait until this stands in the page's main part."""
        self.tab.locator('[data-testid="stMain"]').get_by_text(text).first.wait_for()
        return self

    def does_not_see(self, text: str) -> Visitor:
        """The page is still, and this does not stand on it."""
        self.waits()
        assert text not in self.text()
        return self

    def types(self, label: str, text: str) -> Visitor:
        """Fill the field with this label."""
        field = self.tab.get_by_label(label, exact=True).locator("visible=true").first
        field.fill(text)
        return self

    def presses(self, button: str) -> Visitor:
        """Press the button with this name and wait for what follows."""
        self.tab.get_by_role("button", name=button, exact=True).first.click()
        return self.waits()

    def follows(self, link: str) -> Visitor:
        """Follow a link in the main part."""
        self.tab.locator('[data-testid="stMain"]').get_by_role("link", name=link).first.click()
        return self.waits()

    def goes_to(self, page: str) -> Visitor:
        """Choose a page in the menu, opening it where it is away."""
        if (away := self.tab.get_by_test_id("stExpandSidebarButton")).count():
            away.click()
            away.wait_for(state="detached")
        self.tab.locator('[data-testid="stSidebarNav"]').get_by_role("link", name=page, exact=True).click()
        self.tab.get_by_role("heading", name=page, exact=True).first.wait_for()
        return self.waits()

    def picks(self, label: str, option: str) -> Visitor:
        """Choose an option of a select box; a list that a late redrawing closed is opened again, as a person would."""
        from playwright.sync_api import TimeoutError as GaveUp

        box = self.tab.get_by_role("combobox", name=label, exact=True).locator("visible=true").first
        offered = self.tab.get_by_role("option", name=option).first
        for _attempt in range(3):
            box.click()
            box.fill(option)
            with contextlib.suppress(GaveUp):
                offered.click(timeout=10_000)
                return self.waits()
            self.tab.keyboard.press("Escape")
        raise AssertionError(f"{label} does not offer {option}: {self.text()}")

    def chooses(self, option: str) -> Visitor:
        """Choose one of a row of options."""
        self.tab.get_by_role("radio", name=option, exact=True).first.click(force=True)
        return self.waits()

    def turns_to(self, tab: str) -> Visitor:
        """Turn to a tab of the page."""
        self.tab.get_by_role("tab", name=tab, exact=True).click()
        return self.waits()

    def ticks(self, label: str) -> Visitor:
        """Tick a check box or choose a radio option by its text."""
        self.tab.locator("label").filter(has_text=label).first.click()
        return self.waits()

    def unfolds(self, heading: str) -> Visitor:
        """Open an expander."""
        self.tab.locator('[data-testid="stExpander"] summary').filter(has_text=heading).first.click()
        return self.waits()

    def hands_over(self, *files: Path, field: int = 0) -> Visitor:
        """Give files to the page's uploader, and wait until it has them."""
        arrived: set[str] = set()

        def are_all_there(answer) -> bool:
            if answer.request.method == "PUT" and "upload_file" in answer.url:
                arrived.add(answer.url)
            return len(arrived) == len(files)

        # The page begins to run only after the upload: until then it stands still as well.
        with self.tab.expect_response(are_all_there):
            self.tab.locator('[data-testid="stFileUploaderDropzoneInput"]').nth(field).set_input_files(
                [str(f) for f in files]
            )
        return self.waits()

    def pictures(self, file: Path) -> Visitor:
        """Keep a picture of the whole page."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.tab.screenshot(path=str(file), full_page=True)
        return self
