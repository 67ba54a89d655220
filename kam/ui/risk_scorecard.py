"""The relationship-risk scorecard of an account: what is known, where it comes from, and the form to judge a factor."""

from __future__ import annotations

import streamlit as st

from kam import value
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.forms import form, press
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.units import day, share
from kam.words import _

ORIGINS = {"judged": _("judged"), "records": _("from records"), "unknown": _("unknown")}
RATINGS = {0: _("0 riskiest"), 1: "1", 2: "2", 3: "3", 4: _("4 safest"), None: _("Take the judgement back")}
_TABLE_RULE = _(
    "Score = mean of the known ratings × 25. One table for all accounts turns it into a yearly chance; it is never set by "
    "judgement for one account."
)


def scorecard(frame: Frame, account_id: str, retention) -> None:
    """The scorecard with its score and chance, the factors, and the judging of one. retention: value.YearlyRetention."""
    st.subheader(_("Relationship risk"), anchor=False)
    card = value.scorecards(frame.store, frame.as_of, [account_id], for_whom=frame.person)[account_id]
    inputs = [(_("Score {score}").format(score=score), share(chance)) for score, chance in card.table]
    figures(
        {
            "label": _("Risk score"),
            "value": None if card.score is None else f"{card.score:.0f}",
            "period": _("of 100, {known} of {all} factors known").format(known=card.known, all=len(card.factors)),
            "unknown_because": card.missing,
            "rule": Rule(_TABLE_RULE, inputs=inputs, missing=card.missing, source=_source()),
            "key": "risk-score",
        },
        {
            "label": _("Chance to keep it a year"),
            "value": card.retention,
            "unit": "share",
            "period": ""
            if card.retention is None
            else _("{low} to {high} by the spread of the ratings").format(
                low=share(card.retention_low), high=share(card.retention_high)
            ),
            "unknown_because": card.missing,
            "rule": Rule(_TABLE_RULE, inputs=inputs, missing=card.missing, source=_source()),
            "key": "risk-retention",
        },
    )
    if retention is not None and retention.basis != "scorecard":
        st.caption(escaped(_("In use: {told}").format(told=retention.told), longest=400))
    record_table(
        [
            {
                "name": one.name,
                "rating": one.rating,
                "anchors": " … ".join(one.anchors),
                "origin": ORIGINS[one.origin],
                "evidence": one.evidence,
                "rated_on": one.rated_on,
                "assessor": one.assessor,
                "by_records": one.by_records if one.origin == "judged" else None,
            }
            for one in card.factors
        ],
        [
            Column("name", _("Factor")),
            Column("rating", _("Rating 0–4"), "number", decimals=1),
            Column("anchors", _("0 … 4")),
            Column("origin", _("From")),
            Column("evidence", _("Evidence")),
            Column("rated_on", _("Judged on"), "date"),
            Column("assessor", _("By")),
            Column("by_records", _("Records alone"), "number", decimals=1),
        ],
        key="scorecard",
        title=_("Relationship-risk scorecard"),
        empty="",
    )
    with st.expander(_("Judge a factor")):
        _judge(frame, account_id)


def _judge(frame: Frame, account_id: str) -> None:
    with form(f"risk.{account_id}", _("Keep the judgement")) as judging:
        factor = st.selectbox(
            _("Factor"), list(value.RISK_FACTORS), format_func=lambda one: value.RISK_FACTORS[one].name
        )
        rating = st.selectbox(_("Rating"), list(RATINGS), index=2, format_func=RATINGS.__getitem__)
        evidence = st.text_input(_("Evidence"), max_chars=2000, placeholder=_("What was seen or said, and where"))
    if judging.sent:
        with refusals_shown(judging):
            value.rate_risk(
                frame.store,
                account_id,
                factor,
                rating,
                evidence=evidence,
                rated_on=frame.as_of,
                who=frame.person,
                op_id=judging.op_id,
            )
            judging.done(_("{factor} is judged.").format(factor=value.RISK_FACTORS[factor].name))


def retention_basis(frame: Frame) -> None:
    """The table from score to chance as adopted, what the ledger's last year would say, and what renewals say."""
    st.subheader(_("Where the yearly chances come from"), anchor=False)
    table = value.retention_table(frame.store, frame.as_of)
    told, found = value.told_calibration(frame.store, frame.as_of, for_whom=frame.person)
    points = dict(found.points) if found else {}
    record_table(
        [{"score": str(score), "chance": chance, "calibrated": points.get(score)} for score, chance in table],
        [
            Column("score", _("Risk score")),
            Column("chance", _("Chance a year, adopted"), "share"),
            Column("calibrated", _("As the last year would say"), "share"),
        ],
        key="retention-table",
        title=_("From risk score to yearly chance"),
        empty=_("The retention table is not decided: adopt its five points on the Settings page."),
    )
    st.caption(escaped(told, longest=600))
    if found:
        adopting = press("calibrate", _("Adopt the calibrated table"))
        if adopting.sent:
            with refusals_shown(adopting):
                value.adopt_calibration(
                    frame.store, found, valid_from=frame.as_of, who=frame.person, op_id=adopting.op_id
                )
                adopting.done(_("The calibrated table holds from {day} on.").format(day=day(frame.as_of)))
    seen = value.renewals(frame.store, frame.as_of)
    st.markdown(f"**{escaped(_('Contract renewals'))}**")
    if seen.fit is None:
        st.write(
            escaped(
                _("{missing} Until then contract accounts are kept by their scorecard.").format(missing=seen.missing),
                longest=600,
            )
        )
        return
    chance = share(seen.fit.constant_retention)
    st.write(
        escaped(
            _("{count} histories, {losses} losses: one constant chance of {chance} fits as well, and is used.").format(
                count=seen.histories, losses=seen.losses, chance=chance
            )
            if seen.fit.is_degenerate
            else _(
                "{count} histories, {losses} losses: shifted beta-geometric model with α {alpha:.3f} and β {beta:.3f}; the "
                "chance rises with each renewal (Fader & Hardie 2007)."
            ).format(
                count=seen.histories,
                losses=seen.losses,
                alpha=seen.fit.parameters.alpha,
                beta=seen.fit.parameters.beta,
            ),
            longest=600,
        )
    )


def _source() -> str:
    return _(
        "Ryals & Knox (2005, 2007); equal weights: Dawes (1979); points: value.retention_at_score_… on the Settings page"
    )
