"""The one `except` of the front end: what a refusal, a stale write and our own mistake look like."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from kam.errors import Refusal, StaleWrite
from kam.ui.text import escaped
from kam.words import _

if TYPE_CHECKING:
    from kam.ui.forms import Form

_log = logging.getLogger("kam.ui")


@contextmanager
def refusals_shown(form: Form | None = None) -> Iterator[None]:
    """Show a refusal as its sentence right here, beside the control; what was typed stays.

    form: the form that is being saved; after a stale write its next save knows the newer version.
    Any other exception is logged under a reference and shown as an apology.
    """
    try:
        yield
    except StaleWrite as stale:
        st.warning(escaped(stale.message, longest=1000))
        _both_versions(stale)
        if form is not None:
            form.saw(stale.theirs.get("version"))
    except Refusal as refusal:
        st.error(escaped(refusal.message, longest=1000))
    except Exception:
        reference = uuid.uuid4().hex[:8]
        _log.exception("reference %s", reference)
        st.error(
            _(
                "Sorry, something went wrong on our side (reference {reference}); nothing was left half-done. "
                "Reload the page; if it happens again, report the reference."
            ).format(reference=reference)
        )


def _both_versions(stale: StaleWrite) -> None:
    from kam.ui.tables import Column, record_table

    changed = [
        {"field": field.replace("_", " "), "theirs": stale.theirs.get(field), "mine": mine}
        for field, mine in stale.mine.items()
        if stale.theirs.get(field) != mine
    ]
    record_table(
        changed,
        [Column("field", _("Field")), Column("theirs", _("Saved now")), Column("mine", _("Your change"))],
        key="both_versions",
        empty=_("Both versions hold the same values."),
    )
