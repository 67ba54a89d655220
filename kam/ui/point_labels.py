"""Where the names of bubbles stand so that none covers another; a name without a free place is left to the hover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Of the smallest chart that has names, pixels (style.css hides them on a narrower screen); a wider one has more room.
WIDTH, HEIGHT = 680, 480
_LETTER, _LINE, _GAP = 6.6, 15, 3
_PLACES = ("top center", "bottom center", "middle right", "middle left")


@dataclass(frozen=True)
class Bubble:
    """A bubble with its name. across, up: 0..1 from the left and from the bottom. radius: pixels."""

    name: str
    across: float
    up: float
    radius: float


Box = tuple[float, float, float, float]


def label_places(bubbles: Sequence[Bubble]) -> list[str | None]:
    """Plotly's textposition for each bubble, None where its name has no place; earlier bubbles choose first.

    A place that covers no name and no other bubble is taken before one that covers a bubble.
    """
    circles = [_circle(bubble) for bubble in bubbles]
    taken: list[Box] = []
    found: list[str | None] = []
    for at, bubble in enumerate(bubbles):
        others = circles[:at] + circles[at + 1 :]
        boxes = [(place, label_box(bubble, place)) for place in _PLACES]
        free = [
            (place, box) for place, box in boxes if _inside(box) and not any(overlap(box, other) for other in taken)
        ]
        best = next((one for one in free if not any(overlap(one[1], other) for other in others)), None)
        chosen = best or next(iter(free), None)
        if chosen is not None:
            taken.append(chosen[1])
        found.append(chosen[0] if chosen else None)
    return found


def label_box(bubble: Bubble, place: str) -> Box:
    """Left, bottom, right and top of a name at a place, pixels."""
    x, y, away = bubble.across * WIDTH, bubble.up * HEIGHT, bubble.radius + _GAP
    width = _LETTER * len(bubble.name)
    if place == "top center":
        return x - width / 2, y + away, x + width / 2, y + away + _LINE
    if place == "bottom center":
        return x - width / 2, y - away - _LINE, x + width / 2, y - away
    if place == "middle right":
        return x + away, y - _LINE / 2, x + away + width, y + _LINE / 2
    return x - away - width, y - _LINE / 2, x - away, y + _LINE / 2


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes cover each other anywhere."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _circle(bubble: Bubble) -> Box:
    x, y = bubble.across * WIDTH, bubble.up * HEIGHT
    return x - bubble.radius, y - bubble.radius, x + bubble.radius, y + bubble.radius


def _inside(box: Box) -> bool:
    return box[0] >= -_LINE and box[2] <= WIDTH + _LINE and box[1] >= 0 and box[3] <= HEIGHT
