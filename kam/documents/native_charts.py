"""Charts of a slide that stay charts: PowerPoint opens their numbers, and whoever gets the deck can go on working with them.

Each draws onto a slide within an area (left, top, width, height in inches).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kam.documents import clean
from kam.documents.palette import ACCENT, GOOD, INK, LATIN, LINE, QUIET, WARNING, east_asian, rgb
from kam.words import _

if TYPE_CHECKING:
    from pptx.slide import Slide

_MANY_STEPS = 14
_RIGHT_HALF = 0.6
Area = tuple[float, float, float, float]
_LABEL_ROOM = 0.12


def clustered_bars(
    slide: Slide,
    area: Area,
    names: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    *,
    highlight: Sequence[int] = (),
    number_format: str = "0",
) -> None:
    """Horizontal bars, the first name on top; the first series in the accent, later ones quiet."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION

    data = CategoryChartData(number_format=number_format)
    data.categories = [clean.line(name, longest=60) for name in names]
    for name, values in series.items():
        data.add_series(clean.line(name), [None if value is None else float(value) for value in values])
    chart = _chart(slide, area, XL_CHART_TYPE.BAR_CLUSTERED, data)
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.reverse_order = True
    chart.category_axis.has_major_gridlines = False
    known = [float(value) for values in series.values() for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    # Room for the numbers at the ends of the longest bars: without it they are broken over lines.
    room = (high - low) * _LABEL_ROOM
    chart.value_axis.minimum_scale = low - room if low < 0 else 0
    if high > low:
        chart.value_axis.maximum_scale = high + room if high > 0 else 0
    if low < 0:
        _labels_low(chart.category_axis)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 60, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = number_format, False
    # A number is never broken over lines.
    plot.data_labels._element.get_or_add_txPr().bodyPr.set("wrap", "none")
    for place, drawn in enumerate(plot.series):
        _filled(drawn, ACCENT if place == 0 else LINE)
        drawn.invert_if_negative = False
    for place in highlight:
        _filled(plot.series[0].points[place], WARNING)


def stacked_waterfall(
    slide: Slide, area: Area, steps: Sequence[tuple[str, float, bool]], *, number_format: str
) -> None:
    """Stacked bars from top to bottom: an unseen base, totals, what is added, what is taken away. Where a bar lies below 0 its
    part beneath stands in series of its own. The amounts stand beside the names, where even a thin bar leaves them legible.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    data = CategoryChartData(number_format=number_format)
    data.categories = [f"{clean.line(label, longest=34)}  {compact(amount)}" for label, amount, _is_total in steps]
    spans = waterfall_spans(steps)
    base = [max(0.0, low) + min(0.0, high) for low, high in spans]
    parts: dict[str, list[float]] = {name: [] for name in ("total", "up", "down")}
    beneath: dict[str, list[float]] = {name: [] for name in parts}
    for (_label, amount, is_total), (low, high) in zip(steps, spans, strict=True):
        kind = "total" if is_total else "up" if amount >= 0 else "down"
        for name, above in parts.items():
            above.append(max(0.0, high) - max(0.0, low) if name == kind else 0.0)
            beneath[name].append(min(0.0, low) - min(0.0, high) if name == kind else 0.0)
    looks = {"total": (_("Total"), INK), "up": (_("Added"), GOOD), "down": (_("Taken away"), WARNING)}
    data.add_series(_("Base"), base)
    for name, values in parts.items():
        data.add_series(looks[name][0], values)
    if any(value for values in beneath.values() for value in values):
        for name, values in beneath.items():
            data.add_series(_("{what}, below 0").format(what=looks[name][0]), values)
    chart = _chart(slide, area, XL_CHART_TYPE.BAR_STACKED, data)
    chart.font.size = Pt(12 if len(steps) <= _MANY_STEPS else 10)
    chart.has_legend = False
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.reverse_order = True
    _labels_low(chart.category_axis)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    plot.series[0].format.fill.background()
    for place, drawn in enumerate(list(plot.series)[1:]):
        _filled(drawn, list(looks.values())[place % 3][1])
        drawn.invert_if_negative = False


def waterfall_spans(steps: Sequence[tuple[str, float, bool]]) -> list[tuple[float, float]]:
    """(low, high) of each bar: a total from 0, a step from where the one before it ended."""
    spans, level = [], 0.0
    for _label, amount, is_total in steps:
        begin = 0.0 if is_total else level
        level = float(amount) if is_total else level + float(amount)
        spans.append((min(begin, level), max(begin, level)))
    return spans


def cumulative_curve(
    slide: Slide,
    area: Area,
    points: Sequence[tuple[float, float]],
    marked: tuple[float, float] | None,
    *,
    name: str,
    labels: tuple[str, str],
    number_format: str,
) -> None:
    """A line over x from 0 to 1, with one named point."""
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
    from pptx.util import Pt

    data = XyChartData(number_format=number_format)
    line = data.add_series(clean.line(labels[1]))
    for x, y in points:
        line.add_data_point(float(x), float(y))
    if marked is not None:
        place = data.add_series(clean.line(name))
        place.add_data_point(float(marked[0]), float(marked[1]))
    chart = _chart(slide, area, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data)
    chart.has_legend = False
    _axes(chart, labels, ((0, 1), None), ("0%", number_format))
    drawn = chart.plots[0].series
    drawn[0].format.line.color.rgb, drawn[0].format.line.width = rgb(ACCENT), Pt(2.5)
    drawn[0].smooth = False
    if marked is not None:
        drawn[1].format.line.fill.background()
        drawn[1].marker.style, drawn[1].marker.size = XL_MARKER_STYLE.CIRCLE, 12
        _filled(drawn[1].marker, WARNING)
        _point_label(drawn[1].points[0], clean.line(name, longest=40), is_beneath=marked[0] > _RIGHT_HALF)


def named_points(
    slide: Slide,
    area: Area,
    points: Sequence[tuple[str, float, float]],
    *,
    labels: tuple[str, str],
    ranges: tuple[tuple[float, float], tuple[float, float]],
) -> None:
    """Points with their names beside them; those on the same spot share a label."""
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE

    spots: dict[tuple[float, float], list[str]] = {}
    for name, x, y in points:
        spots.setdefault((float(x), float(y)), []).append(clean.line(name, longest=30))
    data = XyChartData(number_format="0")
    series = data.add_series(clean.line(labels[1]))
    for x, y in spots:
        series.add_data_point(x, y)
    chart = _chart(slide, area, XL_CHART_TYPE.XY_SCATTER, data)
    chart.has_legend = False
    _axes(chart, labels, ranges, ("0", "0"))
    drawn = chart.plots[0].series[0]
    drawn.format.line.fill.background()
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 10
    _filled(drawn.marker, ACCENT)
    for at, names in enumerate(spots.values()):
        told = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
        _point_label(drawn.points[at], told)


def compact(amount: float) -> str:
    """An amount short enough for a bar: 8.85 M, −450 k."""
    from kam import units

    return units.short_money(amount, "").strip()


def _chart(slide: Slide, area: Area, kind: Any, data: Any) -> Any:
    from pptx.util import Inches, Pt

    left, top, wide, tall = area
    chart = slide.shapes.add_chart(kind, Inches(left), Inches(top), Inches(wide), Inches(tall), data).chart
    chart.font.size, chart.font.name = Pt(12), LATIN
    east_asian(chart.font._rPr)
    chart.has_title = False
    return chart


def _axes(chart: Any, labels: tuple[str, str], ranges: Any, formats: tuple[str, str]) -> None:
    from pptx.util import Pt

    for axis, label, span, form in zip((chart.category_axis, chart.value_axis), labels, ranges, formats, strict=True):
        axis.has_major_gridlines = False
        axis.format.line.color.rgb = rgb(LINE)
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = form, False
        _labels_low(axis)
        if span is not None:
            axis.minimum_scale, axis.maximum_scale = span
        axis.has_title = True
        frame = axis.axis_title.text_frame
        frame.text = clean.line(label)
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(12), False, rgb(QUIET)
        east_asian(font._rPr)


def _labels_low(axis: Any) -> None:
    """Names of the axis stand at its foot, not where it crosses 0."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _point_label(point: Any, words: str, *, is_beneath: bool = False) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    frame = point.data_label.text_frame
    frame.text = words
    font = frame.paragraphs[0].runs[0].font
    font.size, font.color.rgb = Pt(11), rgb(INK)
    east_asian(font._rPr)
    point.data_label.position = XL_LABEL_POSITION.BELOW if is_beneath else XL_LABEL_POSITION.RIGHT


def _filled(drawn: Any, colour: str) -> None:
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(colour)
