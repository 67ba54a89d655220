"""How dates, numbers and ids are written in a file: taken from the values, asked where they can be read two ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kam.errors import BadInput
from kam.ledgers.options import DATE_STYLES, ReadOptions
from kam.store.expressions import Expression, call
from kam.words import _

_WITH_POINT = "point or comma, written with a point"
_WITH_COMMA = "point or comma, written with a comma"
_TWO_ORDERS = "dmy or mdy"
# Ways of writing a day that can be read in one way only: what reads a column of nothing else, and what is told of it.
_OF_THEMSELVES = {"iso": "iso_day", "dotted": "dotted_day", "compact": "compact_day"}
_ORDERS = {"iso": "ymd", "dotted": "dmy", "compact": "yyyymmdd"}
_SLASHED = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y"}

# heading -> way of writing -> how many values
Ways = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class DateStyle:
    """day_order: dmy, mdy, roc or '' (no day stands before its month with a slash). epoch: excel, excel1904 or ''.

    pattern: a strptime pattern that a person gave. quick: the one way all values are written in, if there is one.
    """

    day_order: str = ""
    epoch: str = ""
    pattern: str | None = None
    quick: str | None = None


@dataclass(frozen=True)
class NumberStyle:
    """mark: the decimal mark. is_plain: all values are plain numbers with that mark, no thousands, no signs.

    is_shown: a value shows which mark it is. is_evident: one does, or all values were looked at; else a mark that turns up
    later has to be looked at.
    """

    mark: str = "."
    is_plain: bool = True
    is_shown: bool = True
    is_evident: bool = True


@dataclass(frozen=True)
class Styles:
    """The ways of writing of one file, by heading."""

    dates: Mapping[str, DateStyle] = field(default_factory=dict)
    numbers: Mapping[str, NumberStyle] = field(default_factory=dict)
    float_ids: frozenset[str] = frozenset()

    def mark(self, heading: str) -> str:
        """The decimal mark of a column."""
        return self.numbers.get(heading, NumberStyle()).mark

    def number(self, heading: str, raw: Expression) -> Expression:
        """A cell as the plain text of a number."""
        style = self.numbers.get(heading, NumberStyle())
        return raw if style.is_plain else call("number_text", raw, style.mark)

    def odd_number(self, heading: str, raw: Expression) -> Expression | None:
        """What has to be looked at again where no value showed the decimal mark yet."""
        style = self.numbers.get(heading, NumberStyle())
        return None if style.is_evident else call("holds_mark", raw)

    def day(self, heading: str, raw: Expression) -> Expression:
        """A cell as a day."""
        style = self.dates.get(heading, DateStyle())
        if style.pattern is not None:
            return call("day_by_pattern", raw, style.pattern)
        if style.quick in _OF_THEMSELVES:
            return call(_OF_THEMSELVES[style.quick], raw)
        if style.quick in _SLASHED:
            return call("slashed_day", raw, _SLASHED[style.quick])
        return call("day_of", raw, style.day_order, style.epoch)

    def is_quick_day(self, heading: str) -> bool:
        """Whether all days of a column are read in one way, which is quickly done."""
        style = self.dates.get(heading, DateStyle())
        return style.pattern is not None or style.quick is not None

    def told(self) -> dict[str, str]:
        """How each column of days and amounts is read: heading → dmy, mdy, ymd, roc, excel, excel1904, a pattern, `.` or `,`."""
        days = {
            heading: style.pattern or style.day_order or _ORDERS.get(style.quick or "", style.epoch)
            for heading, style in self.dates.items()
        }
        marks = {heading: style.mark for heading, style in self.numbers.items() if style.is_shown}
        return {heading: way for heading, way in {**days, **marks}.items() if way}

    def is_float_id(self, heading: str) -> bool:
        """Whether the column's ids are whole numbers written as floats (17850.0)."""
        return heading in self.float_ids


def decided(
    *,
    dates: Ways,
    numbers: Ways,
    ids: Ways,
    options: ReadOptions,
    epoch: str | None,
    label: str,
    is_whole: Callable[[str], bool],
) -> Styles:
    """The styles that follow from how often each way of writing occurs. epoch: of a workbook.

    is_whole: whether all of a column is known, by heading; of a sample, only the narrowest style is taken, and what can
    be read two ways stays open. Raises BadInput (`ambiguous`) for a column that can be read two ways.
    """
    return Styles(
        dates={h: _date_style(h, ways, options, epoch, label, is_whole(h)) for h, ways in dates.items()},
        numbers=_number_styles(numbers, options, label, is_whole),
        float_ids=frozenset(h for h, ways in ids.items() if ways.get("float") and not ways.get("number")),
    )


def _date_style(
    heading: str, ways: Mapping[str, int], options: ReadOptions, epoch: str | None, label: str, is_whole: bool
) -> DateStyle:
    said = options.date_format
    if said is not None and said not in DATE_STYLES:
        return DateStyle(pattern=said)
    if said is not None:
        return DateStyle(
            day_order=said if said in ("dmy", "mdy", "roc") else "",
            epoch=said if said in ("excel", "excel1904") else epoch or "",
        )
    present = {way for way, count in ways.items() if count} - {"missing", "other"}
    if present <= {"iso"}:
        return DateStyle(quick="iso")
    if present in ({"dotted"}, {"compact"}):
        return DateStyle(quick=min(present))
    orders = present & set(_SLASHED)
    if len(orders) == 1 and present <= {*orders, _TWO_ORDERS, "same"}:
        (order,) = orders
        return DateStyle(day_order=order, quick=order)
    if not is_whole:
        if present & {"dmy", "mdy", _TWO_ORDERS, "same", "serial"}:
            raise NotDecided(heading)
        return DateStyle(epoch=epoch or "")
    if (_TWO_ORDERS in present and not present & {"dmy", "mdy"}) or {"dmy", "mdy"} <= present:
        raise BadInput(
            _(
                "The dates in {column} of {file} can be read as day/month or as month/day: say which with "
                "--date-format dmy or --date-format mdy."
            ).format(column=heading, file=label),
            reason="ambiguous",
            field="date_order",
            column=heading,
        )
    if "serial" in present:
        raise BadInput(
            _(
                "The dates in {column} of {file} look like a spreadsheet's day numbers, counted from 1900 or from 1904: "
                "say which with --date-format excel or --date-format excel1904."
            ).format(column=heading, file=label),
            reason="ambiguous",
            field="date_epoch",
            column=heading,
        )
    order = "mdy" if "mdy" in present else "dmy" if "dmy" in present else ""
    return DateStyle(day_order=order, epoch=epoch or "")


class NotDecided(Exception):
    """A sample does not tell; the whole column has to be looked at."""

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self.heading = heading


def _number_styles(
    columns: Ways, options: ReadOptions, label: str, is_whole: Callable[[str], bool]
) -> dict[str, NumberStyle]:
    said = options.decimal_mark
    if said is not None:
        return {
            heading: NumberStyle(mark=said, is_plain=said == "." and _is_plain(ways))
            for heading, ways in columns.items()
        }
    marks = {heading: _evident_mark(ways) for heading, ways in columns.items()}
    known = {mark for mark in marks.values() if mark in (".", ",")}
    found = {}
    for heading, ways in columns.items():
        mark = marks[heading]
        undecided = bool(ways.get(_WITH_POINT) or ways.get(_WITH_COMMA))
        if mark is None and undecided and len(known) == 1:
            (mark,) = known
        if mark == "both" or (mark is None and undecided):
            if not is_whole(heading):
                raise NotDecided(heading)
            raise BadInput(
                _(
                    "The numbers in {column} of {file} can be read with a decimal point or a decimal comma: say which "
                    "with --decimal . or --decimal ,"
                ).format(column=heading, file=label),
                reason="ambiguous",
                field="decimal",
                column=heading,
            )
        plain = mark in (None, ".") and _is_plain(ways)
        is_shown = mark is not None
        found[heading] = NumberStyle(mark or ".", plain, is_shown, is_evident=is_shown or is_whole(heading))
    return found


def _is_plain(ways: Mapping[str, int]) -> bool:
    return {way for way, count in ways.items() if count} <= {"missing", "other", "whole", "plain point"}


def _evident_mark(ways: Mapping[str, int]) -> str | None:
    """The decimal mark that some value shows; `both` where values show one each; None where none shows any."""
    has_point = bool(ways.get("point") or ways.get("plain point"))
    has_comma = bool(ways.get("comma"))
    if has_point and has_comma:
        return "both"
    if has_point:
        return "."
    if has_comma:
        return ","
    if ways.get(_WITH_POINT) and ways.get(_WITH_COMMA):
        return "both"
    return None
