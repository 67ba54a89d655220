"""The interface language. English stands in the source; translations live in kam/locale.

Every string a user reads goes through `_`; placeholders are named, and filled after translation:
`_("{name} was admitted").format(name=...)`.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parent / "locale"
DOMAIN = "workbench"

_translation = gettext.translation(
    DOMAIN, LOCALE_FOLDER, languages=[os.environ.get("KAM_LANGUAGE", "en")], fallback=True
)


def _(text: str) -> str:
    """The text in the interface language (the English source where there is no translation)."""
    return _translation.gettext(text)


def several(one: str, many: str, count: int) -> str:
    """The singular or plural form for `count`, in the interface language, with {count} filled in: 299,997 rows."""
    return _translation.ngettext(one, many, count).format(count=f"{count:,}")
