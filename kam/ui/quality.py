"""How good the facts are, as people read it: fresh, complete, adding up, and each customer once."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import streamlit as st

from kam import quality
from kam.errors import BadInput
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.empty import empty
from kam.ui.forms import form
from kam.ui.frame import STALE_AFTER_DAYS, Frame
from kam.ui.links import link
from kam.ui.refusals import refusals_shown
from kam.ui.tables import ACCOUNT, record_table, relation_table
from kam.ui.text import escaped
from kam.units import day, money
from kam.words import _, several

_GAPS = {
    "lacks_cost": _("Product cost"),
    "lacks_activities": _("Activities"),
    "lacks_contacts": _("Contacts"),
    "lacks_interactions": _("Interactions"),
    "lacks_manager": _("Account manager"),
    "lacks_segment": _("Industry or region"),
    "lacks_terms": _("Payment terms"),
}
_WHY = {
    "lacks_cost": _("margin and everything after it is unknown or estimated"),
    "lacks_activities": _("its cost to serve rests on its orders alone"),
    "lacks_contacts": _("nobody knows whom we know there"),
    "lacks_interactions": _("no visit, call or complaint is on record in 12 months"),
    "lacks_manager": _("it is nobody's account"),
    "lacks_segment": _("it falls out of every comparison by industry or region"),
    "lacks_terms": _("no capital charge can be reckoned"),
}


def quality_answer(frame: Frame) -> None:
    """One sentence: how far the ledger reaches, what does not add up, what waits for somebody."""
    store, on_day = frame.store, {"as_of": frame.as_of}
    lines = store.one("quality.freshness", on_day, where=[Condition("table_name", "=", "order_lines")]) or {}
    differing = store.read("quality.reconciliation", where=[Condition("difference_amount", "!=", 0)]).total
    checked = store.read("quality.reconciliation").total
    rejects = sum(row["rejected_count"] for row in store.read("quality.open_rejects", columns=("rejected_count",)))
    said = [
        _("The ledger reaches to {day}").format(day=day(lines["last_fact_on"]))
        if lines.get("last_fact_on")
        else _("There is no order line up to this day"),
        several("{count} control figure differs", "{count} control figures differ", differing)
        if checked
        else _("no control figure from another system has been typed yet"),
        several("{count} rejected row waits", "{count} rejected rows wait", rejects)
        if rejects
        else _("no rejected row waits"),
    ]
    st.markdown(f"**{'; '.join(said)}.**")


def freshness_table(frame: Frame) -> None:
    """Every table of facts: how far it reaches, and where it came from last."""
    relation_table(
        frame,
        "quality.freshness",
        {"as_of": frame.as_of},
        [
            Column("table_name", _("Facts"), "words"),
            Column("row_count", _("Rows"), "count"),
            Column("last_fact_on", _("Reach to"), "date"),
            Column(
                "age_days",
                _("Days old"),
                "days",
                help=_("Older than {days} days counts as stale.").format(days=STALE_AFTER_DAYS),
            ),
            Column("last_imported_at", _("Last import"), "datetime"),
            Column("last_file", _("From")),
            Column("open_reject_count", _("Rejected rows open"), "count"),
        ],
        key="freshness",
        title=_("How fresh the facts are"),
        order_by=("row_count", True),
        opens=("import", {"import": "last_import_id"}),
        ids=("last_import_id",),
        empty="",
    )


def gaps_table(frame: Frame) -> None:
    """What is missing about active and key accounts: counts first, then the accounts."""
    on_day = {"as_of": frame.as_of}
    relation, narrowed = "quality.account_gaps", frame.narrowing()
    total = frame.store.page(relation, on_day, columns=("account_id",), where=narrowed, limit=1).total
    if not total:
        empty(
            _("No account bought in the 12 months up to this day."),
            _("Import order lines, or choose another day."),
            page="import",
        )
        return
    rows = []
    for name, label in _GAPS.items():
        lacking = frame.store.page(
            relation, on_day, columns=("account_id",), where=[*narrowed, Condition(name, "=", True)], limit=1
        ).total
        rows.append({"what": label, "lacking": lacking, "share": lacking / total, "why": _WHY[name]})
    record_table(
        sorted(rows, key=lambda row: -row["lacking"]),
        [
            Column("what", _("Missing")),
            Column("lacking", _("Accounts"), "count"),
            Column("share", _("Of {count}").format(count=f"{total:,}"), "share", decimals=0),
            Column("why", _("What follows")),
        ],
        key="gaps.counts",
        title=_("What the facts lack about active and key accounts"),
        empty="",
    )
    chosen = st.pills(
        _("Accounts that lack"),
        list(_GAPS),
        selection_mode="multi",
        format_func=_GAPS.__getitem__,
        key="gaps.chosen",
        persist_state="session",
    )
    relation_table(
        frame,
        relation,
        on_day,
        [
            Column("name", _("Account")),
            Column("is_key_account", _("Key"), "flag"),
            Column("revenue_12m", _("Revenue, 12 months"), "reporting currency"),
            Column("gap_count", _("Gaps"), "count"),
            Column("uncosted_share", _("Revenue without product cost"), "share", decimals=0),
            Column("owner", _("Account manager")),
        ],
        more=[Column(name, label) for name, label in _GAPS.items()],
        key="gaps",
        title=_("Accounts with gaps"),
        where=[*narrowed, Condition("gap_count", ">", 0), *(Condition(name, "=", True) for name in chosen)],
        search=("name", "account_id"),
        order_by=("revenue_12m", True),
        opens=ACCOUNT,
        empty=_("No account lacks any of this."),
    )


def reconciliation(frame: Frame) -> None:
    """Totals typed from another system beside the ledger's, and the form for one more."""
    figures = frame.store.read("quality.reconciliation", order_by=[("from_on", True), ("figure_id", True)]).records()
    for figure in figures:
        difference = figure["difference_amount"]
        figure["state"] = "in_order" if difference == 0 else "differs"
        figure["period"] = f"{day(figure['from_on'])} – {day(figure['to_on'])}"
    record_table(
        figures,
        [
            Column("period", _("Days")),
            Column("currency", _("Currency")),
            Column("stated_amount", _("There"), "number", decimals=2),
            Column("held_amount", _("In the ledger"), "number", decimals=2),
            Column("outside_amount", _("Of it, out of revenue"), "number", decimals=2),
            Column("difference_amount", _("Difference"), "number", decimals=2),
            Column("state", _("State"), "status"),
            Column("source", _("Source")),
            Column("noted_by", _("Typed by")),
        ],
        key="reconciliation",
        title=_("Net revenue there and here"),
        empty=_(
            "No figure has been typed yet. Take the net revenue of a closed month from your ERP: the two have to agree to the cent."
        ),
    )
    with form("figure", _("Hold it against the ledger")) as asked:
        left, middle, right = st.columns(3)
        days = left.date_input(
            _("First and last day"),
            value=(frame.as_of.replace(day=1), frame.as_of),
            format="YYYY-MM-DD",
            help=_("Both count."),
        )
        amount = middle.text_input(_("Net revenue there"), max_chars=30, placeholder="1234567.89")
        currency = right.text_input(_("Currency"), value=frame.currency, max_chars=3)
        source = st.text_input(_("Source"), max_chars=300, placeholder=_("Which report of which system"))
    if asked.sent:
        with refusals_shown(asked):
            first, last = _both(days)
            quality.note_figure(
                frame.store,
                from_on=first,
                to_on=last,
                amount=_amount(amount),
                currency=currency,
                source=source,
                who=frame.person,
                op_id=asked.op_id,
            )
            held = frame.store.read("quality.reconciliation", order_by=[("figure_id", True)], limit=1).records()[0]
            asked.done(_difference_told(held), page="quality")
    if figures:
        _withdraw(frame, figures)


def _withdraw(frame: Frame, figures: list[dict[str, Any]]) -> None:
    with (
        st.expander(_("Withdraw a figure"), expanded=False),
        form("withdraw", _("Withdraw it"), is_primary=False) as asked,
    ):
        names = {f["figure_id"]: f"{f['period']}, {f['stated_amount']:,} {f['currency']}" for f in figures}
        chosen = st.selectbox(_("Figure"), list(names), format_func=names.__getitem__)
    if asked.sent:
        with refusals_shown(asked):
            quality.withdraw_figure(frame.store, chosen, who=frame.person, op_id=asked.op_id)
            asked.done(_("The figure is withdrawn."))


def _both(days: Any) -> tuple:
    if not isinstance(days, tuple) or len(days) != 2:
        raise BadInput(_("Choose the first and the last day."), reason="missing", field="from_on")
    return days


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", ""))
        return amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise BadInput(
            _("Write the amount as a number with a decimal point and no other marks, such as 1234567.89."),
            reason="bad_number",
            field="amount",
        ) from None


def _difference_told(held: dict[str, Any]) -> str:
    difference = held["difference_amount"]
    if difference == 0:
        return _("The ledger agrees with {source} to the cent.").format(source=held["source"])
    return _(
        "The ledger holds {difference} {more} than {source}: see the imports of those days and their rejected rows."
    ).format(
        difference=money(abs(difference), held["currency"], decimals=2),
        more=_("more") if difference > 0 else _("less"),
        source=held["source"],
    )


def open_rejects(frame: Frame) -> None:
    """Imports whose rejected rows nobody has settled, and the form that settles one."""
    found = frame.store.read("quality.open_rejects", order_by=[("import_id", True)]).records()
    record_table(
        found,
        [
            Column("file_name", _("File")),
            Column("table_name", _("Facts"), "words"),
            Column("finished_at", _("On"), "datetime"),
            Column("rejected_count", _("Rejected"), "count"),
            Column("reasons", _("Why")),
        ],
        key="rejects",
        title=_("Rejected rows that wait"),
        opens=("import", {"import": "import_id"}),
        empty=_("No rejected row waits: every row of every import is in the ledger, left out on purpose, or settled."),
    )
    if not found:
        return
    with form("settle", _("Call it settled"), is_primary=False) as asked:
        names = {f["import_id"]: f"{f['file_name']} ({f['rejected_count']:,})" for f in found}
        chosen = st.selectbox(_("Import"), list(names), format_func=names.__getitem__)
        reason = st.text_input(
            _("What became of its rows"),
            max_chars=500,
            placeholder=_("Corrected and imported on … / not wanted because …"),
        )
    if asked.sent:
        with refusals_shown(asked):
            quality.settle_rejects(frame.store, chosen, reason=reason, who=frame.person, op_id=asked.op_id)
            asked.done(_("The rejected rows of {file} are settled.").format(file=names[chosen]))


def references(frame: Frame) -> None:
    """What refers to something that is not there: products without a master record."""
    relation_table(
        frame,
        "quality.unlisted_products",
        None,
        [
            Column("product_id", _("Product")),
            Column("line_count", _("Order lines"), "count"),
            Column("net_revenue", _("Net revenue"), "reporting currency"),
            Column("is_uncosted", _("Cost unknown")),
        ],
        key="unlisted",
        title=_("Products that order lines name and the product master lacks"),
        search=("product_id",),
        order_by=("net_revenue", True),
        opens=None,
        ids=("product_id",),
        totals=("net_revenue",),
        empty=_("Every product that an order line names is in the product master."),
    )
    link("import", escaped(_("Import products")))
