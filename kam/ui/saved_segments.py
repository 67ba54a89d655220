"""The page of segments: which there are and how large, composing one with its preview, tags, and fields people define."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kam import portfolio
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import SEGMENT, Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.words import _, several

_DRAFT = "segment.draft"  # session state: the conditions that are being composed


def saved_segments(frame: Frame) -> None:
    """The segments with their conditions and sizes; composing one; taking one out of use."""
    known = portfolio.listed_segments(frame.store, frame.as_of)
    record_table(
        [row | {"filter": SEGMENT + row["name"]} for row in known],
        [
            Column("name", _("Segment")),
            Column("told", _("Conditions, all of them met")),
            Column("size", _("Accounts"), "count"),
            Column("saved_by", _("Saved by")),
            Column("saved_on", _("On"), "date"),
        ],
        key="segments",
        title=_("Saved segments"),
        opens=("accounts", {"accounts": "filter"}),
        empty=_("No segment is saved yet: put conditions together below, and give them a name."),
    )
    st.subheader(_("Put one together"), anchor=False)
    _compose(frame)
    if known:
        with form("segment.withdraw", _("Take the segment out of use"), is_primary=False) as leaving:
            name = st.selectbox(_("Segment to take out of use"), [row["name"] for row in known])
        if leaving.sent:
            with refusals_shown(leaving):
                portfolio.withdraw_segment(frame.store, name, as_of=frame.as_of, who=frame.person, op_id=leaving.op_id)
                leaving.done(_("{name} is out of use.").format(name=name))


def _compose(frame: Frame) -> None:
    draft: list[dict] = st.session_state.setdefault(_DRAFT, [])
    keys = portfolio.catalogue(frame.store)
    left, middle, right = st.columns([2, 1, 2], vertical_alignment="bottom")
    key = keys[left.selectbox(_("What"), list(keys), format_func=lambda at: keys[at].label, key="segment.key")]
    comparison = middle.selectbox(
        _("How"), key.comparisons, format_func=portfolio.COMPARISONS.__getitem__, key=f"segment.is.{key.kind}"
    )
    with right:
        value = None if comparison in ("known", "unknown") else _value(frame, key)
    if st.button(_("Add the condition"), icon=":material/add:", key="segment.add"):
        condition = {"key": key.key, "is": comparison} | ({} if value is None else {"value": value})
        with refusals_shown():
            portfolio.conditions_of(frame.store, [*draft, condition], frame.as_of)
            draft.append(condition)
    if not draft:
        st.caption(_("No condition yet. An account is in a segment where it meets all of its conditions."))
        return
    size = portfolio.size_of(frame.store, draft, frame.as_of)
    st.markdown(
        f"**{several('{count} account', '{count} accounts', size)}**: "
        + escaped(portfolio.told_segment(frame.store, draft), longest=1000)
    )
    if st.button(_("Start again"), key="segment.clear", type="tertiary"):
        draft.clear()
        st.rerun()
    with form("segment.save", _("Save the segment")) as saving:
        name = st.text_input(
            _("Name"), max_chars=80, key=f"segment.{saving.op_id}.name", help=_("A name that is taken is replaced.")
        )
    if saving.sent:
        with refusals_shown(saving):
            portfolio.save_segment(frame.store, name, draft, as_of=frame.as_of, who=frame.person, op_id=saving.op_id)
            draft.clear()
            saving.done(
                _("The segment {name} is saved: choose it under “Accounts shown” on any page.").format(
                    name=name.strip()
                ),
                page="accounts",
                label=_("See its accounts"),
                accounts=SEGMENT + name.strip(),
            )


def _value(frame: Frame, key: portfolio.Key) -> Any:
    """The value of a condition, by the key's kind; what exists is offered."""
    slot = f"segment.value.{key.key}"
    if key.kind == "number":
        return st.number_input(
            _("Value"), value=0.0, key=slot, help=_("A share of 5 % is 0.05.") if key.unit == "share" else None
        )
    if key.kind == "date":
        day = st.date_input(_("Value"), value=frame.as_of, format="YYYY-MM-DD", key=slot)
        return day.isoformat() if day else ""
    words = key.words
    offered = list(words) if words is not None else portfolio.offered_values(frame.store, key, frame.as_of)
    return st.multiselect(
        _("Value"),
        offered,
        format_func=lambda at: f"{at}: {words[at]}" if words and at in portfolio.GRADES else words[at] if words else at,
        key=slot,
        placeholder=_("Choose") if offered else _("No account has one yet"),
    )


def tags(frame: Frame) -> None:
    """The tags there are, who carries which, and making one."""
    relation_table(
        frame,
        "portfolio.tags_carried",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account"), "account"),
            Column("dimension", _("Dimension")),
            Column("tag", _("Tag")),
            Column("tagged_on", _("Since"), "date"),
            Column("tagged_by", _("By")),
        ],
        key="tags",
        title=_("Tags of accounts"),
        where=frame.narrowing(),
        search=("name", "tag"),
        filters={"dimension": _("Dimension"), "tag": _("Tag")},
        order_by=("name", False),
        empty=_("No account carries a tag: make one here, then put it on accounts in the list of accounts."),
    )
    made = frame.store.read("portfolio.tags", order_by=[("dimension", False), ("tag", False)])
    if made.rows:
        st.caption(
            escaped(
                _("Tags: {tags}").format(tags=", ".join(f"{r['dimension']}: {r['tag']}" for r in made)), longest=2000
            )
        )
    dimensions = list(dict.fromkeys(made.column("dimension")))
    with form("tag.make", _("Make the tag"), is_primary=False) as making:
        dimension = st.selectbox(
            _("Dimension"),
            dimensions,
            index=None,
            accept_new_options=True,
            placeholder=_("Choose one, or type a new one"),
            key=f"tag.{making.op_id}.dimension",
        )
        tag = st.text_input(_("New tag"), max_chars=80, key=f"tag.{making.op_id}.tag")
    if making.sent:
        with refusals_shown(making):
            portfolio.make_tag(
                frame.store, dimension or "", tag, as_of=frame.as_of, who=frame.person, op_id=making.op_id
            )
            making.done(
                _("The tag {tag} is made: put it on accounts in the list of accounts.").format(tag=tag.strip()),
                page="accounts",
                label=_("Open the accounts"),
            )
