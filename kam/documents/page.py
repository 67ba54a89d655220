"""A printed page: one self-contained HTML file with its own style, which a browser prints or saves as PDF on A4.

No font, no picture, no script from elsewhere: it can be sent and opened anywhere. Every text is escaped here. An interactive
page has one short script of ours (page.js: what a mark is, beneath the pointer; tables in another order), and its policy lets that
one run and no other. A charting library would make each file 4.6 MB; this one stays under a hundred kilobytes and prints the same.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from pathlib import Path

from kam.documents import clean

PAGE_MIME = "text/html"
_STYLE = Path(__file__).with_name("page.css")
# Characters that stay on one line of a cell: a day, a state.
_SHORT = 12
_SCRIPT = Path(__file__).with_name("page.js")


class Page:
    """A page as it grows; `content()` gives the file. Text may be anything: it shows as it stands."""

    def __init__(
        self, title: str, subtitle: str, *, language: str = "en", is_wide: bool = False, is_interactive: bool = False
    ) -> None:
        self._script = _SCRIPT.read_text(encoding="utf-8") if is_interactive else ""
        self._class = "printed wide" if is_wide else "printed"
        self._title = title
        self._language = language
        self._parts = [f"<header><h1>{_text(title)}</h1><p class='quiet'>{_text(subtitle)}</p></header>"]

    def section(self, heading: str, *, is_new_page: bool = False) -> Page:
        """A heading; printed, on a page of its own where is_new_page."""
        breaks = " class='new-page'" if is_new_page else ""
        self._parts.append(f"<h2{breaks}>{_text(heading)}</h2>")
        return self

    def caption(self, text: str) -> Page:
        """What the picture or table beneath is."""
        self._parts.append(f"<p class='caption'>{_text(text)}</p>")
        return self

    def picture(self, svg: str) -> Page:
        """A picture of `kam.documents.drawing`, which has escaped its text."""
        self._parts.append(f"<figure>{svg}</figure>")
        return self

    def lines(self, texts: Sequence[str], *, is_numbered: bool = False) -> Page:
        """A list."""
        kind = "ol" if is_numbered else "ul"
        self._parts.append(f"<{kind}>{''.join(f'<li>{_text(text)}</li>' for text in texts)}</{kind}>")
        return self

    def words(self, text: str) -> Page:
        """Paragraphs, one per line of the text."""
        self._parts += [f"<p>{_text(part, longest=20_000)}</p>" for part in clean.paragraphs(text)]
        return self

    def facts(self, pairs: Sequence[tuple[str, str]]) -> Page:
        """Labels with their values, several in a row."""
        shown = "".join(f"<div><dt>{_text(label)}</dt><dd>{_text(value)}</dd></div>" for label, value in pairs)
        self._parts.append(f"<dl>{shown}</dl>")
        return self

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        numeric: Sequence[int] = (),
        warned: Sequence[tuple[int, int]] = (),
    ) -> Page:
        """A table; every row as long as the headings. numeric: columns that stand on the right; warned: (row, column)."""

        def look(row: int | None, column: int) -> str:
            is_short = row is not None and len(rows[row][column]) <= _SHORT
            looks = (("number", column in numeric), ("warned", (row, column) in warned), ("short", is_short))
            kinds = [kind for kind, holds in looks if holds]
            return f" class='{' '.join(kinds)}'" if kinds else ""

        head = "".join(f"<th scope='col'{look(None, at)}>{_text(words)}</th>" for at, words in enumerate(headings))
        body = "".join(
            f"<tr>{''.join(f'<td{look(line, at)}>{_text(cell)}</td>' for at, cell in enumerate(row))}</tr>"
            for line, row in enumerate(rows)
        )
        self._parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
        return self

    def foot(self, text: str) -> Page:
        """The last, small line."""
        self._parts.append(f"<footer>{_text(text)}</footer>")
        return self

    def body(self) -> str:
        """What stands on the page, without its head: to be shown inside another page, with `page_style()`."""
        return f"<main class='{self._class}'>{''.join(self._parts)}</main>"

    def content(self) -> bytes:
        """The whole file."""
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        if self._script:
            seal = base64.b64encode(hashlib.sha256(self._script.encode()).digest()).decode()
            policy += f"; script-src 'sha256-{seal}'"
        script = f"<script>{self._script}</script>" if self._script else ""
        return (
            f"<!DOCTYPE html><html lang='{escape(self._language)}'><head><meta charset='utf-8'>"
            "<meta name='viewport' content='width=device-width, initial-scale=1'>"
            f"<meta http-equiv='Content-Security-Policy' content=\"{policy}\">"
            f"<title>{_text(self._title)}</title><style>{page_style()}</style></head><body>{self.body()}{script}</body></html>"
        ).encode()


def page_style() -> str:
    """The style of a printed page."""
    return _STYLE.read_text(encoding="utf-8")


def _text(text: str, *, longest: int = 600) -> str:
    return escape(clean.line(text, longest=longest))
