"""What statements about the change need in common: cleaned texts that are there and short enough."""

from __future__ import annotations

from kam.errors import BadInput
from kam.words import _

LONGEST_NAME, LONGEST_TEXT = 120, 20_000


def written(text: str | None, missing: str, field: str, *, longest: int = LONGEST_TEXT) -> str:
    """The text, cleaned. Raises BadInput with the sentence `missing` where it is empty, and where it is too long."""
    clean = (text or "").strip()
    if not clean:
        raise BadInput(missing, reason="missing", field=field)
    return short(clean, field, longest=longest)


def short(text: str | None, field: str, *, longest: int = LONGEST_TEXT) -> str:
    """The text, cleaned, which may be empty. Raises BadInput where it is too long."""
    clean = (text or "").strip()
    if len(clean) > longest:
        raise BadInput(
            _("This is longer than {most} characters: shorten it.").format(most=longest),
            reason="too_long",
            field=field,
        )
    return clean
