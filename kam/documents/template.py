"""The company's own template of a deck: two layouts that are known by the names of their placeholders.

The cover holds "KAM title" and "KAM subtitle"; every other slide "KAM title", "KAM content" and "KAM foot". The names are
those of the selection pane of the slide master view, in any case. Content (text, tables, charts) takes the place of "KAM
content"; fonts and colours of titles are the template's.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kam.errors import BadInput
from kam.words import _

COVER = ("KAM title", "KAM subtitle")
CONTENT = ("KAM title", "KAM content", "KAM foot")
_LARGEST = 60_000_000
_EMU = 914_400
_SMALLEST = (4.0, 2.0)


@dataclass(frozen=True)
class Layout:
    """A layout of the template; places: placeholder name (lower case) to its index; area: left, top, width, height of the
    content in inches, None of the cover."""

    layout: Any
    places: Mapping[str, int]
    area: tuple[float, float, float, float] | None


def opened(template: bytes) -> tuple[Any, Layout, Layout]:
    """The empty presentation with its cover and content layouts.

    Raises BadInput where it is no presentation, is too large, or lacks a placeholder: the sentence names which.
    """
    from pptx import Presentation
    from pptx.exc import PackageNotFoundError

    try:
        with zipfile.ZipFile(io.BytesIO(template)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise BadInput(_("The template is too large: take one of less than 60 MB."), reason="too_large")
        file = Presentation(io.BytesIO(template))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise BadInput(
            _("The template is not a presentation: save it as .pptx (or .potx as .pptx) and choose it again."),
            reason="not_a_presentation",
            field="template",
        ) from error
    _without_slides(file)
    return file, _layout(file, COVER, _("the cover")), _layout(file, CONTENT, _("the content slides"))


def _layout(file: Any, wanted: tuple[str, ...], what: str) -> Layout:
    best: tuple[int, list[str]] | None = None
    for layout in file.slide_layouts:
        held = {shape.name.strip().lower(): shape for shape in layout.placeholders}
        missing = [name for name in wanted if name.lower() not in held]
        if not missing:
            places = {name.lower(): held[name.lower()].placeholder_format.idx for name in wanted}
            area = _area(held["kam content"]) if "KAM content" in wanted else None
            return Layout(layout, places, area)
        if best is None or len(missing) < best[0]:
            best = (len(missing), missing)
    missing = list(wanted) if best is None else best[1]
    raise BadInput(
        _(
            "The template has no layout for {what}: the placeholders {missing} are missing. Name them so in the selection pane "
            "of the slide master view."
        ).format(what=what, missing=", ".join(f"“{name}”" for name in missing)),
        reason="placeholder_missing",
        field="template",
    )


def _area(shape: Any) -> tuple[float, float, float, float]:
    area = tuple((value or 0) / _EMU for value in (shape.left, shape.top, shape.width, shape.height))
    if area[2] < _SMALLEST[0] or area[3] < _SMALLEST[1]:
        raise BadInput(
            _("The placeholder “KAM content” is too small: give it at least {wide} × {tall} inches.").format(
                wide=_SMALLEST[0], tall=_SMALLEST[1]
            ),
            reason="placeholder_small",
            field="template",
        )
    return area


def _without_slides(file: Any) -> None:
    """A template's example slides are not part of the pack."""
    listed = file.slides._sldIdLst
    for entry in list(listed):
        file.part.drop_rel(entry.rId)
        listed.remove(entry)
