"""Forms and buttons that write: each carries an idempotency key and the version its user saw.

The key is made when the form is first shown and replaced after success, so that a double click or an
impatient second submit does the write once. `done` keeps the message over the rerun that follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam.store import new_operation
from kam.ui.text import escaped

_MESSAGE = "ui.message"


class Form:
    """A form as context; `sent` is true in the run after its button was pressed.

    op_id: pass it to the write. After success call `done`, which clears the fields and reruns.
    """

    def __init__(
        self, key: str, submit: str, *, is_primary: bool = True, border: bool = True, width: int | str = "stretch"
    ) -> None:
        self.key = key
        self.submit = submit
        self.sent = False
        self._type = "primary" if is_primary else "secondary"
        self._slot = f"ui.form.{key}"
        self._state = st.session_state.setdefault(self._slot, {"op_id": new_operation()})
        self.op_id: str = self._state["op_id"]
        self._border, self._width = border, width

    def __enter__(self) -> Form:
        self._form = st.form(
            f"{self.key}.{self.op_id[:8]}", border=self._border, width=self._width, enter_to_submit=False
        )
        self._form.__enter__()
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            self.sent = st.form_submit_button(self.submit, type=self._type)
        self._form.__exit__(kind, error, trace)

    def version(self, current: int) -> int:
        """The version of the record that the user saw when the form was first shown."""
        return self._state.setdefault("version", current)

    def seen(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """The record as the user saw it when the form was first shown: what differs from it was changed by them."""
        return self._state.setdefault("seen", dict(record))

    def saw(self, version: int | None) -> None:
        """The user has now seen this version (after both were shown)."""
        if version is not None:
            self._state["version"] = version

    def done(self, message: str, *, page: str | None = None, label: str | None = None, **query: str) -> None:
        """Say what was done, offer the next step (a page with its label), and show the page afresh."""
        st.session_state.pop(self._slot, None)
        _forget_versions()
        remember(message, page=page, label=label, **query)
        st.rerun()


class Press(Form):
    """A single button that writes; the same key, version and `done` as a form."""

    def __init__(self, key: str, label: str, *, is_primary: bool = False, is_disabled: bool = False) -> None:
        super().__init__(key, label, is_primary=is_primary)
        self.sent = st.button(label, key=f"press.{key}.{self.op_id[:8]}", type=self._type, disabled=is_disabled)


def form(key: str, submit: str, *, is_primary: bool = True, border: bool = True, width: int | str = "stretch") -> Form:
    """A form whose button says what happens: `with ui.form("admit", _("Admit to the programme")) as form:`.

    width: pixels, or stretch.
    """
    return Form(key, submit, is_primary=is_primary, border=border, width=width)


def press(key: str, label: str, *, is_primary: bool = False, is_disabled: bool = False) -> Press:
    """A button that writes: `if (close := ui.press("close", _("Close the round"))).sent: …`."""
    return Press(key, label, is_primary=is_primary, is_disabled=is_disabled)


def remember(message: str, *, page: str | None = None, label: str | None = None, **query: str) -> None:
    """A message for the next page that is shown (`ui.page` shows it on top)."""
    st.session_state[_MESSAGE] = {"message": message, "page": page, "label": label, "query": query}


def _forget_versions() -> None:
    """The page is shown afresh after a write: one's own change must not make one's other forms stale."""
    for slot, state in st.session_state.items():
        if isinstance(slot, str) and slot.startswith("ui.form."):
            state.pop("version", None)
            state.pop("seen", None)


def show_message() -> None:
    """Show what was done in the run before, once."""
    from kam.ui.links import link

    kept = st.session_state.pop(_MESSAGE, None)
    if kept is None:
        return
    st.success(escaped(kept["message"], longest=1000))
    if kept["page"]:
        link(kept["page"], kept["label"], **kept["query"])
