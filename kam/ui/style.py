"""The look that the theme file cannot say: measures of the page, quiet metrics, the colours of charts.

Three type sizes, one accent, greys. Colours follow the theme's own (`.streamlit/config.toml`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

ICON, LOGO = (str(Path(__file__).parent / name) for name in ("icon.svg", "logo.svg"))
_SHEET = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Palette:
    """Colours of charts: one accent for what the title speaks of, greys for the rest."""

    accent: str
    accent_soft: str
    grey: str
    grey_soft: str
    good: str
    warning: str
    bad: str
    text: str
    quiet: str
    line: str
    background: str


LIGHT = Palette(
    "#0B5C6B",
    "#7FB0B9",
    "#9AA8AE",
    "#D3DADD",
    "#2C6E49",
    "#A45B00",
    "#B3372B",
    "#1B2529",
    "#5F6C72",
    "#DDE3E6",
    "#FFFFFF",
)
DARK = Palette(
    "#5CB8C9",
    "#2F6B77",
    "#6D7B81",
    "#37444A",
    "#7CC69B",
    "#E6A75A",
    "#F08A7E",
    "#E4EAEC",
    "#9AA8AE",
    "#2F3B40",
    "#12191C",
)


def palette() -> Palette:
    """The colours of the theme that the visitor's browser shows."""
    return DARK if st.context.theme.get("type") == "dark" else LIGHT


def apply() -> None:
    """Put the style sheet on the page."""
    st.html(f"<style>{_SHEET}</style>")
