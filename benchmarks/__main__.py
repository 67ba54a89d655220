"""`make bench`: every measurement of this folder, one after the other, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
# Shared by the others; measures nothing itself.
_NO_MEASUREMENT = {"__main__.py", "__init__.py", "figures.py", "app_pages.py", "kill_imports.py"}


def main() -> int:
    """Run them all; the worst exit status."""
    status = 0
    for script in sorted(FOLDER.glob("*.py")):
        if script.name not in _NO_MEASUREMENT:
            print(f"\n{script.stem}", flush=True)
            status = max(status, abs(subprocess.run([sys.executable, str(script)], check=False).returncode))
    return status


if __name__ == "__main__":
    sys.exit(main())
