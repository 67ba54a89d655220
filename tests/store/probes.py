"""Small writes and hidden changes for the store's tests."""

from __future__ import annotations

from contextlib import contextmanager

import duckdb


def add_person(store, who, person_id, *, op_id=None, fail_with=None):
    """Insert one person; raise `fail_with` after the insert where it is given."""

    def change(tx):
        tx.insert("access.people", person_id=person_id, name=person_id.title(), role="executive")
        if fail_with is not None:
            raise fail_with
        return person_id

    return store.write(change, who=who, action="add person", subject=("person", person_id), op_id=op_id)


def person_ids(store):
    """Everyone's id, sorted."""
    return sorted(store.read("access.people").column("person_id"))


@contextmanager
def behind_its_back(path):
    """A plain connection to a closed workbench file: somebody changes it outside the workbench."""
    connection = duckdb.connect(str(path))
    try:
        yield connection
    finally:
        connection.close()
