"""Bringing figures in from a CSV file that a person filled, and the empty file to fill."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from kam.ui.forms import form
from kam.ui.refusals import refusals_shown
from kam.words import _


def empty_file(name: str, template: str, *, explained: str = "") -> None:
    """The button for a CSV file with the column names alone."""
    st.download_button(
        _("Download an empty file"),
        template.encode(),
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        key=f"{name}.template",
        help=explained or None,
    )


def bring_in_file(
    name: str, label: str, asked: str, template: str, take_in: Callable[..., Any], said: str, *, explained: str = ""
) -> None:
    """A form that takes a CSV file, and an empty file to fill.

    name: the form's, and the empty file's; take_in(content, op_id=) → counts inserted, updated, unchanged, or None where it was
    done already; said: a sentence with these three.
    """
    with form(name, label) as bringing:
        file = st.file_uploader(
            asked, type="csv", max_upload_size=1, key=f"file.{bringing.op_id}", help=explained or None
        )
    empty_file(name, template)
    if not bringing.sent:
        return
    if file is None:
        st.error(_("Choose a CSV file first."))
        return
    with refusals_shown(bringing):
        done = take_in(file.getvalue(), op_id=bringing.op_id)
        bringing.done(
            said.format(inserted=done.inserted, updated=done.updated, unchanged=done.unchanged)
            if done
            else _("The file was taken in already.")
        )
