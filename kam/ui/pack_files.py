"""Packs on screen: downloads of one account and of the programme, and the template that decks are written in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import benchmarking, packs
from kam.store import Condition
from kam.ui.forms import form, press
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.text import escaped
from kam.units import day
from kam.words import _

_LABELS = {"pptx": _("Presentation"), "xlsx": _("Workbook"), "html": _("Page to print")}
_ZIP = "application/zip"
_READY = "packs.zip"


def pack_downloads(frame: Frame, account: Mapping[str, Any], *, key: str = "pack") -> None:
    """The pack of an account (account_id, name) as presentation, workbook and page; with an open plan the customer's copy."""
    account_id = account["account_id"]
    with st.popover(_("Review pack"), icon=":material/download:", key=f"{key}.open"), refusals_shown():
        held = packs.template_in_force(frame.store)
        template = held.content if held else None

        def content(kind: str, *, for_customer: bool = False) -> bytes:
            make = packs.customer_pack if for_customer else packs.account_pack
            made = make(frame.store, account_id, frame.as_of, for_whom=frame.person)
            return packs.pack_file(made, kind, template=template)

        stem = f"{account_id}-{frame.as_of.isoformat()}"
        for kind, label in _LABELS.items():
            _download(label, lambda kind=kind: content(kind), f"{stem}.{kind}", kind, key=f"{key}.{kind}")
        is_planned = frame.store.one(
            "plans.plans", where=[Condition("account_id", "=", account_id), Condition("closed_on", "is_missing")]
        )
        if is_planned:
            st.caption(_("The customer's copy: only what is marked for them in the plan."))
            for kind in ("pptx", "html"):
                _download(
                    _("{what} for the customer").format(what=_LABELS[kind]),
                    lambda kind=kind: content(kind, for_customer=True),
                    f"{stem}-customer.{kind}",
                    kind,
                    key=f"{key}.customer.{kind}",
                )


def annual_downloads(frame: Frame, year: int) -> None:
    """The annual report of a round as presentation (in the company's deck), workbook and page."""
    with refusals_shown():
        held = packs.template_in_force(frame.store)

        def content(kind: str) -> bytes:
            report = benchmarking.annual_report(frame.store, year, frame.as_of, for_whom=frame.person)
            return packs.pack_file(packs.annual_pack(report), kind, template=held.content if held else None)

        with st.container(horizontal=True):
            for kind, label in _LABELS.items():
                _download(
                    label, lambda kind=kind: content(kind), f"key-accounts-{year}.{kind}", kind, key=f"annual.{kind}"
                )


def programme_downloads(frame: Frame) -> None:
    """The programme review as a deck and a workbook, and every key account's pack in one zip, made with progress shown."""
    with refusals_shown():
        held = packs.template_in_force(frame.store)
        template = held.content if held else None
        stem = f"programme-overview-{frame.as_of.isoformat()}"

        def content(kind: str) -> bytes:
            pack = packs.programme_pack(frame.store, frame.as_of, for_whom=frame.person)
            return packs.pack_file(pack, kind, template=template)

        with st.container(horizontal=True):
            for kind, label in _LABELS.items():
                _download(label, lambda kind=kind: content(kind), f"{stem}.{kind}", kind, key=f"programme.{kind}")
        making = press("packs.all", _("Make the packs of all key accounts"))
        if making.sent:
            bar = st.progress(0.0)
            out = io.BytesIO()

            def tell(done: int, total: int, name: str) -> None:
                words = _("{done} of {all}: {name}").format(done=done, all=total, name=name)
                bar.progress(done / total, text=escaped(words))

            files = packs.all_packs(frame.store, frame.as_of, template=template, for_whom=frame.person, tell=tell)
            count = packs.write_zip(out, files)
            bar.empty()
            st.session_state[_READY] = (frame.as_of, count, out.getvalue())
        ready = st.session_state.get(_READY)
        if ready and ready[0] == frame.as_of:
            _download(
                _("{count} files in one zip").format(count=ready[1]),
                ready[2],
                f"packs-{frame.as_of.isoformat()}.zip",
                "zip",
                key="packs.zip.download",
            )


def deck_template(frame: Frame) -> None:
    """Which template decks are written in; adopting another, or going back to the plain deck."""
    with refusals_shown():
        held = packs.template_in_force(frame.store)
        if held is None:
            st.markdown(_("Decks are written in the plain deck."))
        else:
            said = _("Decks are written in {name}, adopted by {who} on {day}.")
            st.markdown(escaped(said.format(name=held.name, who=held.adopted_by, day=day(held.adopted_at.date()))))
    st.caption(
        escaped(
            _(
                "The company's own template: one layout with placeholders named “KAM title” and “KAM subtitle” for the cover, "
                "one with “KAM title”, “KAM content” and “KAM foot” for the rest (selection pane of the slide master view)."
            ),
            longest=600,
        )
    )
    with form("deck_template", _("Adopt the template"), is_primary=False) as adopting:
        file = st.file_uploader(_("Template, .pptx"), type=["pptx"])
        is_plain = st.checkbox(_("Back to the plain deck"), disabled=held is None)
        reason = st.text_input(_("Why the template changes"), max_chars=500)
    if adopting.sent:
        with refusals_shown(adopting):
            if file is None and not is_plain:
                st.error(_("Choose a file, or go back to the plain deck."))
                return
            packs.adopt_template(
                frame.store,
                "" if is_plain else file.name,
                None if is_plain else file.getvalue(),
                reason=reason,
                who=frame.person,
                op_id=adopting.op_id,
            )
            adopting.done(_("The template is in force."))


def _download(label: str, data: Any, name: str, kind: str, *, key: str) -> None:
    st.download_button(
        label,
        data=data,
        file_name=name,
        mime=packs.FORMATS.get(kind, _ZIP),
        on_click="ignore",
        icon=":material/download:",
        key=key,
    )
