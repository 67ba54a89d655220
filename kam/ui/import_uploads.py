"""Dropped files: written once into a folder of ours, for as long as they are needed."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from kam.store import new_operation

SLOT = "import.draft"


@dataclass(frozen=True)
class Upload:
    """A file in a folder of ours. name: what its owner calls it, never a path."""

    identity: str
    name: str
    path: Path
    size: int

    @property
    def key(self) -> str:
        """What the keys of widgets about this file begin with."""
        return f"import.{self.identity}"


def uploaded(role: str, label: str, kinds: list[str]) -> Upload | None:
    """A dropped file, written once into a folder of ours."""
    kept = st.session_state.setdefault(SLOT, {"round": new_operation()[:8], "uploads": {}})
    given = st.file_uploader(label, type=kinds, key=f"import.{kept['round']}.{role}")
    held = kept["uploads"].get(role)
    if given is None:
        _drop(kept, role)
        return None
    if held is None or held.identity != given.file_id:
        _drop(kept, role)
        folder = Path(tempfile.mkdtemp(prefix="kam-upload-"))
        path = folder / role
        path.write_bytes(given.getbuffer())
        kept["uploads"][role] = Upload(given.file_id, given.name, path, given.size)
    return kept["uploads"][role]


def _drop(kept: dict, role: str) -> None:
    held = kept["uploads"].pop(role, None)
    if held is not None:
        shutil.rmtree(held.path.parent, ignore_errors=True)


def import_finished() -> None:
    """Forget the file and all that was said about it."""
    kept = st.session_state.pop(SLOT, {})
    for upload in kept.get("uploads", {}).values():
        shutil.rmtree(upload.path.parent, ignore_errors=True)
    st.session_state.pop(f"{SLOT}.preview", None)
    st.session_state.pop(f"{SLOT}.look", None)
