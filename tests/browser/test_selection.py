"""Selection at the screen: criteria adopted, a golf friend refused, a cycle decided, and a correction beside the record."""

from __future__ import annotations

import re

from kam import access, workbench
from tests.browser.test_whole_job import brings_in, gives_criteria

ACCOUNTS = "account_id,name\nA,Alder Works\nB,Birch Mills\nC,Cedar Lines\nF,Fairway Pools\n"
LINES = [
    "order_id,line_no,account_id,order_date,quantity,net_revenue,cogs,currency",
    "1,1,A,2025-11-30,1,90000,50000,EUR",
    "2,1,B,2025-12-15,1,80000,50000,EUR",
    "3,1,C,2025-12-20,1,70000,50000,EUR",
    "4,1,F,2025-12-31,1,500,400,EUR",
]
CRITERIA = """
[set]
name = "Charter of the test"
from = 2025-01-01
source = "Steering committee"

[[gate]]
measure = "revenue_12m"
at_least = 50000
unit = "reporting currency"
source = "Charter 1"

[[score]]
measure = "margin_rate_12m"
axis = "attractiveness"
weight = 1.0
anchors = [[0, 0], [0.3, 10]]
unit = "share"
source = "Charter 2"
"""


def written(folder, name, text):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_decision_stands_unchanged_beside_a_corrected_ledger(serve, visitor, tmp_path):
    person = access.person_named("Ines Brandt")
    guest = visitor(serve("selecting", lambda path: workbench.make(path, person=person).close()), height=1800)
    brings_in(guest, written(tmp_path, "accounts.csv", ACCOUNTS))
    brings_in(guest, written(tmp_path, "order_lines.csv", "\n".join(LINES) + "\n"))
    gives_criteria(guest, written(tmp_path, "criteria.toml", CRITERIA))

    guest.opens("cycles", account="F", tab="Exceptions").picks("Ground", "personal friendship")
    guest.types("In their words", "The owner and I play golf").types("Asked by", "Henrik Ahlgren")
    guest.presses("Record the request").sees(re.compile("personal friendship is no ground for an exception"))
    guest.sees(re.compile("1 request, 1 refused"))

    guest.opens("candidates", account="F").types("Reason", "A favour").presses("Admit to the programme")
    guest.sees(re.compile("There is no override; the criteria hold for everyone"))

    guest.opens("cycles").presses("Open the cycle").presses("Assess every account")
    guest.sees(re.compile("Proposed: 3 enter"))
    guest.types("Present", "Ada Nagel, Bo Lind").presses("Decide the cycle").sees(re.compile("Decided: 3 enter"))
    guest.presses("Put in force").sees(re.compile("is in force from 31 Dec 2025 on"))
    guest.goes_to("Roster").sees("Birch Mills")
    guest.opens("cycles", tab="As decided and now").sees("Nothing reads differently now.")
    frozen = guest.opens("cycles", tab="Record").sees("Birch Mills").text()

    corrected = [line.replace("80000", "8000") for line in LINES]
    brings_in(guest, written(tmp_path, "corrected.csv", "\n".join(corrected) + "\n"))
    guest.opens("cycles", tab="As decided and now")
    guest.sees("1 account reads differently now; the record stands as it was decided.")
    guest.opens("cycles", account="B", cycle="1").sees(re.compile(r"80,000\sEUR")).sees(re.compile(r"8,000\sEUR"))
    assert guest.opens("cycles", tab="Record").sees("Birch Mills").text() == frozen
    assert guest.calls_out == []
