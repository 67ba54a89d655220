"""Finding a Chromium: named, on the path, at the usual places, or Playwright's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)

# Nothing leaves the machine: a browser that looks up its maker's hosts would be refused many at a time.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium(playwright) -> str | None:
    """The path of a Chromium, or None where this machine has none."""
    named = os.environ.get("KAM_BROWSER")
    if named:
        return named
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    for place in (*_PLACES, playwright.chromium.executable_path):
        if Path(place).exists():
            return place
    return None
