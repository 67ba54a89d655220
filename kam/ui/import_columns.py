"""Which column of a file is which column of a table: one choice for each, with what the headings suggest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import ledgers
from kam.ledgers import Look
from kam.ui.import_uploads import Upload
from kam.ui.text import escaped
from kam.words import _

_COLUMNS_ACROSS = 3


def at(headings: list[str], name: str | None) -> int | None:
    """Where a heading stands among others; None where it is not there."""
    return headings.index(name) if name in headings else None


def columns_chosen(
    upload: Upload, table: str, look: Look, base: ledgers.Mapping | None, headings: list[str]
) -> dict[str, Any]:
    """The parts of a mapping as chosen: a selectbox for each column of the table."""
    suggested = dict(base.columns) if base else look.suggested[table]
    constants = dict(base.constants) if base else {}
    if ledgers.TABLES[table].has_account and (party := _party(upload, base, suggested, headings)):
        suggested["account_id"] = party
    fields = ledgers.TABLES[table].fields
    columns: dict[str, str] = {}
    known = suggested.keys() | constants.keys()
    named = sum(field.name in known for field in fields)
    lacks = [
        f
        for f in fields
        if f.is_required and f.name not in known and not (f.name == "net_revenue" and "unit_price" in known)
    ]
    label = _("Columns: {named} of {all} named").format(named=named, all=len(fields))
    if base is None and _takes_similar(upload, table, headings, suggested):
        suggested |= ledgers.similar_headings(ledgers.TABLES[table], headings, [*suggested, *suggested.values()])
    opened = st.expander(label, expanded=bool(lacks), key=f"{upload.key}.{table}.{bool(base)}.columns")
    for number, field in enumerate(fields):
        if number % _COLUMNS_ACROSS == 0:
            # A row of places for each row of fields: on a phone they stand in the table's order.
            places = opened.columns(_COLUMNS_ACROSS)
        proposal = suggested.get(field.name)
        options = headings if proposal in (None, *headings) else [proposal, *headings]
        chosen = places[number % _COLUMNS_ACROSS].selectbox(
            field.name.replace("_", " ") + (" *" if field.is_required else ""),
            options,
            index=options.index(proposal) if proposal else None,
            placeholder=_constant_shown(constants, field.name),
            accept_new_options=field.is_numeric,
            help=_("A column, or what to work out of columns: Quantity * UnitPrice") if field.is_numeric else None,
            key=f"{upload.key}.{table}.{bool(base)}.{field.name}.{proposal or ''}",
        )
        if chosen:
            columns[field.name] = chosen
    with opened:
        _not_taken(columns, headings)
        if ledgers.TABLES[table].controlled is not None and "currency" not in columns:
            constants |= _currency(upload, constants)
        left_out = _left_out(upload, base, headings)
        by = _account_by(upload, base) if ledgers.TABLES[table].has_account else "id"
    return {
        "account_by": by,
        "columns": columns,
        "constants": {name: value for name, value in constants.items() if name not in columns},
        "leave_out": left_out,
    }


def _not_taken(columns: Mapping[str, str], headings: list[str]) -> None:
    """Which columns of the file stay outside: nobody shall believe that they were taken in."""
    taken = set(columns.values())
    worked_out = " ".join(taken.difference(headings))
    outside = [heading for heading in headings if heading not in taken and heading not in worked_out]
    if outside:
        st.caption(_("Not taken from the file: {headings}").format(headings=escaped(", ".join(outside), longest=600)))


def _takes_similar(upload: Upload, table: str, headings: list[str], suggested: Mapping[str, str]) -> bool:
    """Whether headings that are only alike are taken: each is named, and none is taken without being asked."""
    alike = ledgers.similar_headings(ledgers.TABLES[table], headings, [*suggested, *suggested.values()])
    if not alike:
        return False
    named = ", ".join(f"{column.replace('_', ' ')} ← {escaped(heading)}" for column, heading in alike.items())
    return st.checkbox(
        _("Take the suggestions by similar headings: {named}").format(named=named),
        key=f"{upload.key}.{table}.similar",
        help=_("These headings are not known; they only look alike. Check each against the rows."),
    )


def _party(
    upload: Upload, base: ledgers.Mapping | None, suggested: Mapping[str, str], headings: list[str]
) -> str | None:
    """The column of the party that is the account, where the file names several."""
    found = ledgers.parties(headings)
    if len(found) < 2:
        return None
    names = {
        "sold_to": _("sold-to"),
        "ship_to": _("ship-to"),
        "bill_to": _("bill-to"),
        "payer": _("payer"),
    }
    proposed = next((party for party, heading in found.items() if heading == suggested.get("account_id")), None)
    chosen = st.segmented_control(
        _("Which party is the account?"),
        list(found),
        default=proposed,
        format_func=lambda party: f"{names[party]} ({escaped(found[party])})",
        key=f"{upload.key}.party.{bool(base)}",
        help=_("The file names several parties of a sale; revenue, key accounts and sponsors follow the one chosen."),
    )
    return found.get(chosen)


def _account_by(upload: Upload, base: ledgers.Mapping | None) -> str:
    ways = {"id": _("its id"), "name": _("its name"), "first_id": _("several ids in one cell (;), the first counts")}
    return st.selectbox(
        _("The file gives the account by"),
        list(ways),
        index=list(ways).index(base.account_by) if base else 0,
        format_func=ways.__getitem__,
        key=f"{upload.key}.account_by.{bool(base)}",
        help=_("A name has to be that of one account in the master, but for case, accents and punctuation."),
        width=480,
    )


def _constant_shown(constants: Mapping[str, Any], name: str) -> str:
    if name in constants:
        return _("always {value}").format(value=constants[name])
    return _("not in the file")


def _currency(upload: Upload, constants: Mapping[str, Any]) -> dict[str, str]:
    said = st.text_input(
        _("Currency of all amounts"),
        value=str(constants.get("currency", "")),
        placeholder=_("the reporting currency"),
        max_chars=3,
        key=f"{upload.key}.currency.{bool(constants)}",
        width=320,
    )
    return {"currency": said.strip()} if said.strip() else {}


def _left_out(upload: Upload, base: ledgers.Mapping | None, headings: list[str]) -> list[dict[str, Any]]:
    """Rows to leave out: those that the mapping names, and those without a value in the columns chosen."""
    rules = [rule.model_dump(exclude_none=True) for rule in base.leave_out] if base else []
    missing = [rule["column"] for rule in rules if "missing" in rule and rule["column"] in headings]
    chosen = st.multiselect(
        _("Leave out rows without a value in"),
        headings,
        default=missing,
        key=f"{upload.key}.leave_out.{bool(base)}",
        help=_("They are counted apart, and are no faults."),
        width=480,
    )
    kept = [rule for rule in rules if "missing" not in rule]
    return kept + [{"column": column, "missing": True} for column in chosen]


def account_columns(upload: Upload, base: ledgers.Mapping | None, headings: list[str]) -> dict[str, str]:
    """What the file says about the accounts to be made."""
    suggested = dict(base.account) if base else {}
    labels = {"name": _("Account's name from"), "country": _("Its country from"), "industry": _("Its industry from")}
    chosen = {}
    for place, (name, label) in zip(st.columns(len(labels)), labels.items(), strict=True):
        chosen[name] = place.selectbox(
            label,
            headings,
            index=at(headings, suggested.get(name)),
            placeholder=_("not in the file"),
            key=f"{upload.key}.account.{bool(base)}.{name}",
        )
    return {name: heading for name, heading in chosen.items() if heading}
