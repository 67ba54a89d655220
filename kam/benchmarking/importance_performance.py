"""Importance-performance analysis: what customers say matters, and how well we do it (METHOD 7.4).

Martilla & James 1977, Importance-Performance Analysis, Journal of Marketing 41(1), 77-79. Pure functions over marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, stdev

CROSSHAIRS = ("means", "medians", "midpoint")
QUADRANTS = ("concentrate", "keep_up", "low_priority", "overkill")
_TIE = 1e-9  # marks are whole or halves: a mean this near to a line lies on it
_COVERED = 0.975  # of Student's t: 95 % between both ends


@dataclass(frozen=True)
class Answer:
    """One person's marks of one attribute, 1 to points; None where not answered."""

    attribute: str
    importance: float | None
    performance: float | None
    points: int


@dataclass(frozen=True)
class Mean:
    """A mean with its 95 % interval (Student's t); low, high None for fewer than two marks. value None without any."""

    value: float | None
    low: float | None
    high: float | None
    count: int


@dataclass(frozen=True)
class Placed:
    """An attribute in the picture. quadrant: one of QUADRANTS, None where a mean is unknown.

    is_undecided: the interval of a mean crosses a line, or is unknown. gap: importance − performance, in points of the
    scale; None unless all marks are of one scale.
    """

    attribute: str
    importance: Mean
    performance: Mean
    gap: float | None
    quadrant: str | None
    is_undecided: bool


@dataclass(frozen=True)
class Picture:
    """The attributes, the most important first, and the lines. scale: (lowest, highest) mark of what is shown.

    is_one_scale: False where marks of several scales were brought to 0–100.
    """

    crosshair: str
    importance_line: float | None
    performance_line: float | None
    scale: tuple[float, float]
    is_one_scale: bool
    attributes: tuple[Placed, ...]


def picture(answers: Iterable[Answer], crosshair: str = "means") -> Picture:
    """Place every attribute. The lines: means or medians over the attributes' means, or the scale's midpoint."""
    answers = list(answers)
    scales = {answer.points for answer in answers}
    is_one_scale = len(scales) <= 1
    scale = (1.0, float(next(iter(scales), 5))) if is_one_scale else (0.0, 100.0)
    marks = _by_attribute(answers, is_one_scale)
    means = {name: (mean_of(i), mean_of(p)) for name, (i, p) in marks.items()}
    lines = _lines(list(means.values()), crosshair, scale)
    placed = [place(name, i, p, lines, has_gap=is_one_scale) for name, (i, p) in means.items()]
    placed.sort(
        key=lambda a: (-(a.importance.value if a.importance.value is not None else -1.0), a.attribute.casefold())
    )
    return Picture(crosshair, *lines, scale, is_one_scale, tuple(placed))


def place(
    attribute: str,
    importance: Mean,
    performance: Mean,
    lines: tuple[float | None, float | None],
    *,
    has_gap: bool = True,
) -> Placed:
    """An attribute beside the lines (importance, performance)."""
    where = quadrant(importance.value, performance.value, *lines)
    gap = None
    if has_gap and importance.value is not None and performance.value is not None:
        gap = importance.value - performance.value
    crossed = [crosses(mean, line) for mean, line in zip((importance, performance), lines, strict=True)]
    return Placed(attribute, importance, performance, gap, where, where is not None and any(crossed))


def quadrant(
    importance: float | None, performance: float | None, importance_line: float | None, performance_line: float | None
) -> str | None:
    """concentrate, keep_up, low_priority or overkill; a point on a line belongs to its higher side. None: unknown."""
    if None in (importance, performance, importance_line, performance_line):
        return None
    matters = importance >= importance_line - _TIE
    does_well = performance >= performance_line - _TIE
    if matters:
        return "keep_up" if does_well else "concentrate"
    return "overkill" if does_well else "low_priority"


def crosses(mean: Mean, line: float | None) -> bool:
    """Whether the interval reaches to both sides of a line; an unknown interval may."""
    if mean.low is None or mean.high is None or line is None:
        return True
    return mean.low < line - _TIE and mean.high >= line - _TIE


def mean_of(marks: Sequence[float]) -> Mean:
    """Mean and 95 % interval: mean ± t(0.975, n − 1) × s / √n."""
    if not marks:
        return Mean(None, None, None, 0)
    value = fmean(marks)
    if len(marks) < 2:
        return Mean(value, None, None, 1)
    # Here, because it is dear to import.
    from scipy.special import stdtrit

    half = float(stdtrit(len(marks) - 1, _COVERED)) * stdev(marks) / len(marks) ** 0.5
    return Mean(value, value - half, value + half, len(marks))


def _by_attribute(answers: Sequence[Answer], is_one_scale: bool) -> Mapping[str, tuple[list[float], list[float]]]:
    words: dict[str, str] = {}
    found: dict[str, tuple[list[float], list[float]]] = {}
    for answer in answers:
        name = words.setdefault(answer.attribute.strip().casefold(), answer.attribute.strip())
        marks = found.setdefault(name, ([], []))
        for mark, held in zip((answer.importance, answer.performance), marks, strict=True):
            if mark is not None:
                held.append(mark if is_one_scale else (mark - 1) / (answer.points - 1) * 100)
    return found


def _lines(
    means: Sequence[tuple[Mean, Mean]], crosshair: str, scale: tuple[float, float]
) -> tuple[float | None, float | None]:
    middles = {"means": fmean, "medians": median, "midpoint": lambda _known: sum(scale) / 2}
    middle = middles[crosshair]
    known = [[mean[axis].value for mean in means if mean[axis].value is not None] for axis in (0, 1)]
    return tuple(middle(values) if values else None for values in known)
