"""`pack`: one account, the customer's copy, the programme as a folder or a zip, and what is refused."""

from __future__ import annotations

import json
import zipfile
from datetime import date

import pytest

from kam.command_line.frame import main
from tests.key_accounts import key_accounts


@pytest.fixture
def run(store, champion, capsys, monkeypatch):
    """run(*words): (status, what was printed, what was said on the error stream) on a programme of A and B."""
    key_accounts(store, champion, "A", "B")
    path = store.path
    store.close()
    monkeypatch.setenv("KAM_DB", str(path))

    def ran(*words) -> tuple[int, str, str]:
        status = main([*map(str, words)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return ran


def test_one_account_as_each_format(run, tmp_path):
    for kind, begins in (("pptx", b"PK"), ("xlsx", b"PK"), ("html", b"<!DOCTYPE html>")):
        status, out, _err = run("pack", "A", "-o", tmp_path / f"a.{kind}", "--as-of", "2025-06-30", "--json")
        assert status == 0 and json.loads(out)["failed"] == []
        assert (tmp_path / f"a.{kind}").read_bytes().startswith(begins)


def test_the_programme_into_a_folder_and_a_zip(run, tmp_path):
    status, out, err = run("pack", "--all", "-o", tmp_path / "packs", "--format", "html", "--as-of", "2025-06-30")
    assert status == 0 and "3 files are written" in out and "1/3 A Ltd" in err
    names = sorted(file.name for file in (tmp_path / "packs").iterdir())
    status, _out, _err = run("pack", "--all", "-o", tmp_path / "all.zip", "--format", "html", "--as-of", "2025-06-30")
    assert status == 0 and sorted(zipfile.ZipFile(tmp_path / "all.zip").namelist()) == names
    assert not list(tmp_path.glob("*.making"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "a.pptx"], "Name one account, or --all, or --overview, or --annual YEAR."),
        (["A", "-o", "a.pdf"], "a.pdf ends in none of .pptx, .xlsx, .html"),
        (["nobody", "-o", "a.pptx"], "There is no account nobody"),
        (["--all", "--for-customer", "-o", "x.zip"], "A customer's copy is of one account"),
        (["A", "--for-customer", "-o", "a.html"], "has no open plan"),
        (["A", "-o", "no/such/folder/a.html"], "cannot be written"),
        (["A", "-o", "a.pptx", "--template", "missing.pptx"], "missing.pptx cannot be read"),
    ],
)
def test_what_is_refused(run, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    status, out, err = run("pack", *words, "--as-of", date(2025, 6, 30))
    assert (status, out) == (2, "") and said in err
    assert list(tmp_path.glob("a.*")) == []
