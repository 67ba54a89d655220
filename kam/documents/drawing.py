"""Pictures of a printed page as inline SVG: no library; pointing at a mark tells its name and number.

Every mark holds in its title what it is and how much, every curve what its points are; `kam.documents.page` has the few lines
of script that tell them beneath the pointer. Without script, and on paper, the picture stands as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from kam.documents import clean
from kam.documents.native_charts import waterfall_spans
from kam.documents.palette import ACCENT, GOOD, INK, LINE, QUIET, WARNING
from kam.units import share

Told = Callable[[float], str]
_WIDE = 680
_NAMES = 190
_ROW = 24
# What a digit takes at most at the size of the words here.
_LETTER = 7


def bars_svg(
    names: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    *,
    told: Told,
    highlight: Sequence[int] = (),
) -> str:
    """Horizontal bars from 0, the first name on top; of several series the later ones are quiet."""
    known = [value for values in series.values() for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    # Amounts below 0 are told on the left of their bar, clear of the names.
    below = max((_LETTER * len(told(value)) + 10 for value in known if value < 0), default=0)
    scale = (_WIDE - _NAMES - 110 - below) / ((high - low) or 1)
    zero = _NAMES + below - low * scale
    parts, y = [], 4
    for at, name in enumerate(names):
        parts.append(_words(_NAMES - 8, y + 15, name, anchor="end", longest=30))
        for place, (label, values) in enumerate(series.items()):
            value = values[at]
            if value is None:
                parts.append(_words(zero + 4, y + 15, "–"))
            else:
                colour = WARNING if place == 0 and at in highlight else ACCENT if place == 0 else LINE
                x, wide = zero + min(0.0, value * scale), abs(value) * scale
                parts.append(_bar(x, y, wide, _ROW - 8, colour, f"{name}, {label}: {told(value)}"))
                parts.append(
                    _words(x + wide + 5, y + 13, told(value))
                    if value >= 0
                    else _words(x - 5, y + 13, told(value), anchor="end")
                )
            y += _ROW
        y += 4 if len(series) > 1 else 0
    return _svg(y + 4, parts)


def waterfall_svg(steps: Sequence[tuple[str, float, bool]], *, told: Told) -> str:
    """Steps from top to bottom: totals dark, what is added green, what is taken away red."""
    spans = waterfall_spans(steps)
    low, high = min(0.0, *(span[0] for span in spans)), max(0.0, *(span[1] for span in spans))
    scale = (_WIDE - _NAMES - 110) / ((high - low) or 1)
    parts = []
    for at, ((label, amount, is_total), (begin, end)) in enumerate(zip(steps, spans, strict=True)):
        y = 4 + at * _ROW
        colour = INK if is_total else GOOD if amount >= 0 else WARNING
        x = _NAMES + (begin - low) * scale
        wide = max((end - begin) * scale, 1)
        parts.append(_words(_NAMES - 8, y + 15, label, anchor="end", longest=30, is_bold=is_total))
        parts.append(_bar(x, y, wide, _ROW - 8, colour, f"{label}: {told(amount)}"))
        parts.append(_words(x + wide + 5, y + 13, told(amount), is_bold=is_total))
    return _svg(len(steps) * _ROW + 8, parts)


def curve_svg(
    points: Sequence[tuple[float, float]],
    marked: tuple[float, float] | None,
    *,
    name: str,
    labels: tuple[str, str],
    told: Told,
) -> str:
    """A curve over shares from 0 to 1, with one named point."""
    tall, left, top, wide = 260, 80, 14, _WIDE - 100
    low, high = min(0.0, *(y for _x, y in points)), max(0.0, *(y for _x, y in points))

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * wide, top + (high - y) / ((high - low) or 1) * tall

    drawn = " ".join(f"{px:.1f},{py:.1f}" for px, py in (at(x, y) for x, y in points))
    tells = escape("|".join(f"{share(x)}: {told(y)}" for x, y in points), quote=True)
    zero = at(0, 0)[1]
    parts = [
        f"<line x1='{left}' y1='{zero:.1f}' x2='{left + wide}' y2='{zero:.1f}' stroke='#{LINE}'/>",
        f"<polyline points='{drawn}' data-tells='{tells}' fill='none' stroke='#{ACCENT}' stroke-width='2.5'/>",
        _words(left - 6, top + 10, told(high), anchor="end"),
        _words(left - 6, zero + 4, told(0.0), anchor="end"),
        _words(left + wide, top + tall + 22, labels[0], anchor="end"),
        _words(left, top + tall + 22, labels[1]),
    ]
    if marked is not None:
        x, y = at(*marked)
        hint = escape(clean.line(f"{name}: {told(marked[1])}"))
        parts.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='6' fill='#{WARNING}'><title>{hint}</title></circle>")
        is_right = x > left + wide * 0.6
        parts.append(
            _words(x - 10 if is_right else x + 10, y + 18, name, anchor="end" if is_right else "start", longest=40)
        )
    return _svg(top + tall + 34, parts)


def points_svg(
    points: Sequence[tuple[str, float, float]],
    *,
    labels: tuple[str, str],
    ranges: tuple[tuple[float, float], tuple[float, float]],
) -> str:
    """Named points between two axes; those on one spot share a label."""
    tall, left, top, wide = 280, 60, 10, _WIDE - 190
    (x0, x1), (y0, y1) = ranges
    spots: dict[tuple[float, float], list[str]] = {}
    for name, x, y in points:
        spots.setdefault((x, y), []).append(name)
    middle = top + (y1 - 0) / (y1 - y0) * tall if y0 < 0 < y1 else top + tall
    parts = [
        f"<rect x='{left}' y='{top}' width='{wide}' height='{tall}' fill='none' stroke='#{LINE}'/>",
        f"<line x1='{left}' y1='{middle:.1f}' x2='{left + wide}' y2='{middle:.1f}' stroke='#{LINE}'/>",
        _words(left + wide, top + tall + 18, labels[0], anchor="end"),
        _words(left, top + tall + 18, labels[1]),
    ]
    taken: dict[float, tuple[float, int]] = {}
    for (x, y), names in sorted(spots.items()):
        px, py = left + (x - x0) / (x1 - x0) * wide, top + (y1 - y) / (y1 - y0) * tall
        hint = escape(clean.line(f"{', '.join(names)}: {x:g}, {y:g}"))
        parts.append(f"<circle cx='{px:.1f}' cy='{py:.1f}' r='6' fill='#{ACCENT}'><title>{hint}</title></circle>")
        told = ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")
        # Names of neighbours in one row stand above and beneath in turn.
        end, turn = taken.get(y, (0.0, 0))
        turn = (turn + 1) % 3 if px < end else 0
        parts.append(_words(px + 9, py + (4, -9, 17)[turn], told, longest=44))
        taken[y] = (max(end, px + 9 + 6.4 * len(told[:44])), turn)
    return _svg(top + tall + 28, parts)


def _svg(tall: float, parts: Sequence[str]) -> str:
    return f"<svg viewBox='0 0 {_WIDE} {tall:.0f}' role='img' xmlns='http://www.w3.org/2000/svg'>{''.join(parts)}</svg>"


def _bar(x: float, y: float, wide: float, tall: float, colour: str, hint: str) -> str:
    return (
        f"<rect x='{x:.1f}' y='{y:.1f}' width='{max(wide, 0.5):.1f}' height='{tall}' fill='#{colour}'>"
        f"<title>{escape(clean.line(hint))}</title></rect>"
    )


def _words(x: float, y: float, text: str, *, anchor: str = "start", longest: int = 60, is_bold: bool = False) -> str:
    weight = " font-weight='600'" if is_bold else ""
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' font-size='11.5' text-anchor='{anchor}' fill='#{INK if is_bold else QUIET}'{weight}>"
        f"{escape(clean.line(text, longest=longest))}</text>"
    )
