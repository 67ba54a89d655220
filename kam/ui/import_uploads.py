"""Dropped files: written once into a folder of ours, for as long as they are needed."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from kam.store import full_disk_told, new_operation

SLOT = "import.draft"


@dataclass(frozen=True)
class Upload:
    """A file in a folder of ours. name: what its owner calls it, never a path. more: what was dropped with it."""

    identity: str
    name: str
    path: Path
    size: int
    more: tuple[Upload, ...] = ()

    @property
    def files(self) -> tuple[Upload, ...]:
        """This file and those dropped with it."""
        return (self, *self.more)

    @property
    def key(self) -> str:
        """What the keys of widgets about this file begin with."""
        return f"import.{self.identity}"


def uploaded(role: str, label: str, kinds: list[str], *, takes_several: bool = False) -> Upload | None:
    """A dropped file (or several), written once into a folder of ours."""
    kept = st.session_state.setdefault(SLOT, {"round": new_operation()[:8], "uploads": {}})
    given = st.file_uploader(
        label, type=kinds, accept_multiple_files=takes_several, key=f"import.{kept['round']}.{role}"
    )
    dropped = given if isinstance(given, list) else [given] if given is not None else []
    held = kept["uploads"].get(role)
    if not dropped:
        _drop(kept, role)
        return None
    identity = "+".join(one.file_id for one in dropped)
    if held is None or held.identity != identity:
        _drop(kept, role)
        folder = Path(tempfile.mkdtemp(prefix="kam-upload-"))
        with full_disk_told():
            written = [_written(one, folder / f"{role}-{number}") for number, one in enumerate(dropped)]
        kept["uploads"][role] = replace(written[0], identity=identity, more=tuple(written[1:]))
    return kept["uploads"][role]


def _written(given: Any, path: Path) -> Upload:
    path.write_bytes(given.getbuffer())
    return Upload(given.file_id, given.name, path, given.size)


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
