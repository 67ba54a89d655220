"""A database file named like one of its schemas: DuckDB could no longer tell the two apart."""

from __future__ import annotations

import pytest

from kam import workbench
from kam.errors import StoreUnavailable


@pytest.mark.parametrize("name", ["reviews", "Value", "kept", "information_schema"])
def test_a_file_named_like_a_part_of_the_database_is_refused(tmp_path, name):
    with pytest.raises(StoreUnavailable, match="choose another file name"):
        workbench.make(tmp_path / f"{name}.duckdb")

    assert list(tmp_path.iterdir()) == []
