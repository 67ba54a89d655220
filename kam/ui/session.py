"""What one running workbench holds for all its visitors: the open store, and the person of single-user mode."""

from __future__ import annotations

import gc
import os
from datetime import date

import streamlit as st

from kam import access, ledgers, workbench
from kam.access import Person
from kam.store import Store

DEFAULT_PATH = "data/workbench.duckdb"


def path() -> str:
    """The database file: KAM_DB, or the working database beside the program."""
    return os.environ.get("KAM_DB") or DEFAULT_PATH


def store() -> Store:
    """The open store. Raises StoreUnavailable with one sentence."""
    return _opened(path()).store


def release() -> None:
    """Close the store and let go of the file (tests, and a server that stops)."""
    _opened.clear()


def person() -> Person | None:
    """Who works here, or None before the first start's choice."""
    return access.chosen(store())


def default_as_of() -> date:
    """The last day of the ledger where it ends before today, else today."""
    return ledgers.default_as_of(store(), today())


def today() -> date:
    """This day: the default of a picker, and the day that no fact may lie after."""
    return date.today()  # noqa: DTZ011 (the one place that asks for the day)


@st.cache_resource(show_spinner=False, on_release=lambda held: held.close())
def _opened(file: str) -> _Running:
    running = _Running(workbench.open_workbench(file))
    _settle()
    return running


class _Running:
    """The open store, and the thread that takes in what lies in its watched folder."""

    def __init__(self, opened: Store) -> None:
        self.store = opened
        self.watcher = ledgers.Watcher(opened, who=access.WORKBENCH, today=today).start()

    def close(self) -> None:
        self.watcher.stop()
        self.store.close()


def _settle() -> None:
    """Import what pages will need and take it out of the garbage collector's sight.

    Streamlit collects after every run; with the imported modules frozen that costs a tenth.
    """
    import pandas  # noqa: F401
    import plotly.graph_objects as go

    go.Figure(go.Bar(x=[1], y=[1])).to_plotly_json()
    gc.collect()
    gc.freeze()
