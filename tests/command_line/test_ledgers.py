"""The commands import, imports, refresh and export, as scripts call them."""

from __future__ import annotations

import json

import pytest

from kam.command_line import main
from tests.fresh import fresh_workbench

LINES = "order_id,account_id,order_date,quantity,net_revenue\n"


@pytest.fixture
def kam(tmp_path, champion, capsys):
    """kam("import", …) runs a command on a fresh workbench: (exit status, standard output, standard error)."""
    database = tmp_path / "workbench.duckdb"
    fresh_workbench(database, person=champion).close()

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main(["--db", str(database), *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def file(tmp_path):
    """file(name, text) writes a file and returns its path."""

    def written(name: str, text: str):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def stocked(kam, file):
    kam("import", "accounts", file("accounts.csv", "account_id,name\nA,Alpha\n"))
    return kam


def test_an_import_prints_the_document_that_scripts_read(stocked, file):
    path = file("lines.csv", LINES + "1,A,2025-01-05,2,10.00\n2,Z,nodate,1,5.00\n")
    status, out, _err = stocked("import", "order_lines", path, "--json")
    document = json.loads(out)
    assert status == 1
    assert document["import_id"] == 2 and document["table"] == "order_lines" and document["accounts_created"] == 0
    assert document["rows"] == {"read": 2, "inserted": 1, "updated": 0, "unchanged": 0, "rejected": 1, "left_out": 0}
    assert document["control_totals"] == {
        "EUR": {
            "read": "15.00",
            "inserted": "10.00",
            "updated": "0.00",
            "unchanged": "0.00",
            "rejected": "5.00",
            "left_out": "0.00",
        }
    }
    assert [(p["line"], p["column"], p["text"], p["reason"]) for p in document["problems"]] == [
        (3, "order_date", "nodate", "bad_date"),
        (3, "account_id", "Z", "unknown_account"),
    ]
    assert all(p["message"] for p in document["problems"]) and document["message"]


def test_an_import_without_faults_ends_with_0_and_says_what_it_did(stocked, file):
    status, out, _err = stocked("import", "order_lines", file("lines.csv", LINES + "1,A,2025-01-05,2,10.00\n"))
    assert status == 0
    assert "1 new" in out and "EUR 10.00 read: 10.00 new" in out


@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        (LINES + "1,A,03/04/2025,2,10.00\n", [], "ambiguous"),
        (LINES + "1,A,2025-01-05,2,nothing\n", ["--on-error", "abort"], "bad_number"),
        ("a,b\n1,2\n", [], "no_header"),
        (LINES, ["--encoding", "klingon"], "bad_option"),
        (LINES, ["--mapping", "no.toml"], "bad_mapping"),
        (LINES, ["--decimal", "x"], "bad_option"),
    ],
)
def test_what_is_refused_ends_with_2_and_names_its_reason(stocked, file, text, options, reason):
    status, out, _err = stocked("import", "order_lines", file("lines.csv", text), *options, "--json")
    error = json.loads(out)["error"]
    assert (status, error["reason"]) == (2, reason)
    assert set(error) == {"reason", "message", "line", "column"}
    assert json.loads(stocked("imports", "--json")[1])["imports"][0]["table_name"] == "accounts", "nothing came in"


def test_a_refusal_is_a_sentence_without_json(stocked, file):
    status, out, err = stocked("import", "sales", file("lines.csv", LINES))
    assert (status, out) == (2, "")
    assert err.startswith("There is no table sales") and "Traceback" not in err


def test_every_option_reaches_the_reader(stocked, file, tmp_path):
    text = "Report\nBeleg;Kunde;Tag;Menge;Betrag\n1;A;03/04/2025;1.000,5;2.000\n2;Z;03/04/2025;1;1\n"
    mapping = file(
        "m.toml",
        'table = "order_lines"\n[columns]\norder_id = "Beleg"\naccount_id = "Kunde"\norder_date = "Tag"\n'
        'quantity = "Menge"\nnet_revenue = "Betrag"\n',
    )
    rejects = tmp_path / "rejects.csv"
    options = [
        "--mapping", mapping, "--encoding", "utf-8", "--delimiter", ";", "--header-row", 2, "--date-format", "dmy",
        "--decimal", ",", "--thousands", ".", "--rejects", rejects, "--json",
    ]  # fmt: skip
    status, out, _err = stocked("import", "order_lines", file("lines.csv", text), *options)
    document = json.loads(out)
    assert (status, document["control_totals"]["EUR"]["inserted"]) == (1, "2000.00")
    assert "unknown_account" in rejects.read_text(encoding="utf-8-sig")
    exported = tmp_path / "lines.csv"
    assert stocked("export", "order_lines", "-o", exported)[0] == 0
    assert "2025-04-03,,1000.5000,2000.00" in exported.read_text(encoding="utf-8")


def test_a_dry_run_and_made_accounts(kam, file):
    path = file("lines.csv", LINES + "1,A,2025-01-05,2,10.00\n")
    status, out, _err = kam("import", "order_lines", path, "--create-accounts", "--dry-run", "--json")
    assert (status, json.loads(out)["import_id"], json.loads(out)["accounts_created"]) == (0, None, 1)
    assert json.loads(kam("imports", "--json")[1])["imports"] == []
    status, out, _err = kam("import", "order_lines", path, "--create-accounts", "--json")
    assert (status, json.loads(out)["import_id"]) == (0, 1)


def test_headers_can_be_named_on_the_command_line(stocked, file):
    mapping = file(
        "m.toml",
        'table = "order_lines"\n[columns]\norder_id = "no"\naccount_id = "who"\norder_date = "day"\nquantity = "n"\n'
        'net_revenue = "n"\n[join]\nfile = "heads.csv"\non = "no"\n',
    )
    lines = file("lines.csv", "no,n\n1,2\n")
    heads = file("other.csv", "no,who,day\n1,A,2025-01-05\n")
    assert stocked("import", "order_lines", lines, "--mapping", mapping, "--json")[0] == 2
    assert stocked("import", "order_lines", lines, "--mapping", mapping, "--join", heads, "--json")[0] == 0


def test_imports_are_listed_and_taken_back(stocked, file):
    stocked("import", "order_lines", file("lines.csv", LINES + "1,A,2025-01-05,2,10.00\n"))
    listed = json.loads(stocked("imports", "--json")[1])["imports"]
    assert [(i["import_id"], i["table_name"]) for i in listed] == [(2, "order_lines"), (1, "accounts")]
    status, out, _err = stocked("imports", "--undo", 1, "--json")
    assert (status, json.loads(out)["error"]["reason"]) == (2, "in_use")
    status, out, _err = stocked("imports", "--undo", 2, "--json")
    assert (status, json.loads(out)["removed"]) == (0, 1)
    assert "(undone)" in stocked("imports")[1]
    assert stocked("imports", "--undo", 2)[0] == 2


def test_rejects_of_an_earlier_import_can_be_written(stocked, file, tmp_path):
    stocked("import", "order_lines", file("lines.csv", LINES + "1,Z,2025-01-05,2,10.00\n"))
    path = tmp_path / "later.csv"
    assert stocked("imports", "--rejects", 2, path)[0] == 0
    assert "unknown_account" in path.read_text(encoding="utf-8-sig")
    assert stocked("imports", "--rejects", "two", path)[0] == 2


def test_refresh_counts_the_account_months_again(stocked, file):
    stocked("import", "order_lines", file("lines.csv", LINES + "1,A,2025-01-05,2,10.00\n"))
    for options in ([], ["--full"]):
        status, out, _err = stocked("refresh", *options, "--json")
        assert (status, json.loads(out)["account_months"]) == (0, 1)


def test_an_export_says_how_much_it_wrote_or_why_not(stocked, tmp_path):
    status, out, _err = stocked("export", "accounts", "-o", tmp_path / "a.xlsx", "--json")
    assert (status, json.loads(out)["rows"]) == (0, 1)
    assert stocked("export", "accounts", "-o", tmp_path / "a.doc")[0] == 2
    assert stocked("export", "secrets", "-o", tmp_path / "a.csv")[0] == 2


def test_a_persons_data_are_handed_out_erased_and_their_texts_decided_on(kam, file, tmp_path):
    kam("import", "accounts", file("a.csv", "account_id,name\nA,A\n"))
    kam("import", "contacts", file("c.csv", "contact_id,account_id,name\nc1,A,Zoltan Quirinius\n"))
    text = "interaction_id,account_id,occurred_on,kind,summary\ni1,A,2025-05-01,call,Met Zoltan Quirinius\n"
    kam("import", "interactions", file("i.csv", text))
    assert kam("contacts", "export", "c1", "-o", tmp_path / "c1.json")[0] == 0
    assert json.loads((tmp_path / "c1.json").read_text("utf-8"))["master"][0]["name"] == "Zoltan Quirinius"
    status, out, _err = kam("--json", "contacts", "erase", "c1", "--reason", "asked")
    assert (status, json.loads(out)["traces"]) == (0, 1)
    _status, out, _err = kam("--json", "contacts", "texts")
    (trace,) = json.loads(out)["texts"]
    assert kam("contacts", "decide", trace["trace_id"], "erase", "--reason", "named")[0] == 0
    assert "No text waits" in kam("contacts", "texts")[1]
    assert kam("contacts", "erase", "nobody", "--reason", "asked")[0] == 2
