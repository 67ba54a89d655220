"""A workbench served for a test: its own process, database and port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A cold start imports pandas, Plotly and DuckDB; a busy machine of two cores needs up to twenty seconds.
START_SECONDS = 90


class Served:
    """A running workbench. address: where it answers; stop() ends it and frees the database."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.address = ""
        self._process: subprocess.Popen | None = None

    def start(self) -> Served:
        """Start and wait until it answers. RuntimeError with its output where it does not."""
        port = _free_port()
        log = self.database.with_suffix(".log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env=os.environ | {"KAM_DB": str(self.database)},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
        self.address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2) as answer:
                    if answer.read() == b"ok":
                        return self
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(self.database.with_suffix(".log").read_text(encoding="utf-8", errors="replace")[-3000:])

    def stop(self) -> None:
        """End the process; the database is free afterwards."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
