"""The pack as one HTML file that opens anywhere: no script, no picture, no address that anything is fetched from."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from kam import units
from kam.managers.handovers import Handover
from kam.managers.pack import Filled, Pack
from kam.words import _, several

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; color: #1c2530; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
p { margin: .2rem 0; } .quiet { color: #5b6673; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #e2e6ea; overflow-wrap: anywhere; }
th { font-weight: 600; color: #5b6673; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""
_NUMERIC = ("reporting currency", "share", "count", "days")
Word = Callable[[Any], str]


def pack_html(pack: Pack, *, currency: str, word: Word, handover: Handover | None = None) -> bytes:
    """The pack as UTF-8 HTML. word: how a status or kind is called; handover: put on top with its checklist."""
    body = [_head(pack)]
    if handover is not None:
        body.append(_checklist(handover, word))
    body += [_part(filled, currency, word) for filled in pack.parts]
    title = _("Handover pack: {account}").format(account=pack.name)
    return (
        "<!doctype html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>\n"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    ).encode()


def shown(value: Any, unit: str, currency: str, word: Word) -> str:
    """A value as it stands in the pack; unknown as a dash."""
    if value is None:
        return units.UNKNOWN
    if unit in ("status", "words"):
        return word(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if unit == "count":
        return units.count(int(value))
    if unit == "text":
        return str(value)
    return units.shown(value, unit, currency)


def _head(pack: Pack) -> str:
    what = _("Handover pack, as of {day}").format(day=units.day(pack.as_of))
    return (
        f"<h1>{escape(pack.name)}</h1>\n<p class='quiet'>{escape(what)}</p>\n<p class='quiet'>"
        + escape(
            _("For the people who hand this account over and take it over. It holds personal data: do not pass it on.")
        )
        + "</p>"
    )


def _checklist(handover: Handover, word: Word) -> str:
    row = handover.row
    said = _("From {before} to {after}, changed on {day}").format(
        before=row["from_name"], after=row["to_name"] or _("nobody yet"), day=units.day(row["changed_on"])
    )
    items = "".join(
        f"<tr><td>{escape(item['text'])}</td><td>{escape(word(item['state']))}</td><td>{escape(item['note'])}</td></tr>"
        for item in handover.items
    )
    return (
        f"<h2>{escape(said)}</h2>\n<div class='wide'><table><tr><th>{escape(_('Checklist'))}</th><th>{escape(_('State'))}</th>"
        f"<th>{escape(_('Note'))}</th></tr>{items}</table></div>"
    )


def _part(filled: Filled, currency: str, word: Word) -> str:
    part = filled.part
    title = f"<h2>{escape(part.title)}</h2>"
    if not filled.rows:
        return f"{title}\n<p class='quiet'>{escape(part.empty)}</p>"
    cells = [
        [(shown(row[name], unit, currency, word), unit in _NUMERIC) for name, _label, unit in part.columns]
        for row in filled.rows
    ]
    if part.is_facts:
        lines = "".join(
            f"<tr><th>{escape(label)}</th><td>{escape(text)}</td></tr>"
            for (_name, label, _unit), (text, _is_number) in zip(part.columns, cells[0], strict=True)
        )
        return f"{title}\n<div class='wide'><table>{lines}</table></div>"
    heads = "".join(f"<th{_number_class(unit in _NUMERIC)}>{escape(label)}</th>" for _name, label, unit in part.columns)
    lines = "".join(
        "<tr>" + "".join(f"<td{_number_class(is_number)}>{escape(text)}</td>" for text, is_number in row) + "</tr>"
        for row in cells
    )
    more = filled.total - len(filled.rows)
    note = (
        f"\n<p class='quiet'>{escape(several('{count} more is not shown here.', '{count} more are not shown here.', more))}</p>"
        if more > 0
        else ""
    )
    return f"{title}\n<div class='wide'><table><tr>{heads}</tr>{lines}</table></div>{note}"


def _number_class(is_number: bool) -> str:
    return " class='number'" if is_number else ""
