"""Status words: each with its colour, its shape and the word, so that none has to carry it alone."""

from __future__ import annotations

from dataclasses import dataclass

from kam.ui.text import escaped
from kam.words import _

# tone: (shape, colour of a Markdown badge)
TONES = {
    "good": ("●", "green"),
    "soon": ("▲", "orange"),
    "bad": ("■", "red"),
    "none": ("○", "gray"),
    "open": ("◇", "gray"),
    "accent": ("★", "primary"),
}


@dataclass(frozen=True)
class State:
    """A status. tone: a key of TONES."""

    word: str
    tone: str

    @property
    def shape(self) -> str:
        """The shape that stands before the word."""
        return TONES[self.tone][0]

    @property
    def badge(self) -> str:
        """The status as a Markdown badge."""
        shape, colour = TONES[self.tone]
        return f":{colour}-badge[{shape} {escaped(self.word)}]"


STATES = {
    "pass": State(_("pass"), "good"),
    "fail": State(_("fail"), "bad"),
    "unknown": State(_("unknown"), "none"),
    "active": State(_("active"), "good"),
    "slowing": State(_("slowing"), "soon"),
    "dormant": State(_("dormant"), "bad"),
    "overdue": State(_("overdue"), "bad"),
    "due_soon": State(_("due soon"), "soon"),
    "due": State(_("due soon"), "soon"),
    "current": State(_("current"), "good"),
    "none": State(_("none set"), "none"),
    "in_order": State(_("in order"), "good"),
    "differs": State(_("differs"), "bad"),
    "undone": State(_("undone"), "none"),
    "in_force": State(_("in force"), "good"),
    "imported": State(_("imported"), "good"),
    "refused": State(_("refused"), "bad"),
    "unmatched": State(_("no rule"), "soon"),
    "vacant": State(_("vacant"), "bad"),
    "unassigned": State(_("unassigned"), "open"),
    "assigned": State(_("assigned"), "good"),
    "over_cap": State(_("over the cap"), "soon"),
    "over_hard_cap": State(_("over the hard cap"), "bad"),
    "at_cap": State(_("at the cap"), "good"),
    "free": State(_("has room"), "good"),
    "contact_overdue": State(_("contact overdue"), "bad"),
    "executive_gone": State(_("executive gone"), "bad"),
    "not_a_key_account": State(_("no key account"), "soon"),
    "keep": State(_("stays"), "good"),
    "assign": State(_("filled"), "accent"),
    "replace": State(_("changes"), "soon"),
    "uncovered": State(_("nobody"), "bad"),
    "disputed": State(_("raters disagree"), "soon"),
    "rated": State(_("rated"), "good"),
    "scoping": State(_("scoping"), "open"),
    "introducing": State(_("introducing"), "open"),
    "embedding": State(_("embedding"), "good"),
    "optimising": State(_("optimising"), "good"),
    "planned": State(_("planned"), "open"),
    "held": State(_("held"), "good"),
    "cancelled": State(_("cancelled"), "none"),
    "on_track": State(_("on track"), "good"),
    "at_risk": State(_("at risk"), "soon"),
    "off_track": State(_("off track"), "bad"),
    "open": State(_("open"), "open"),
    "in_hand": State(_("in hand"), "soon"),
    "closed": State(_("closed"), "good"),
    "done": State(_("done"), "good"),
    "dropped": State(_("dropped"), "none"),
    "no_contact_yet": State(_("no visit yet"), "open"),
    "kept": State(_("kept"), "good"),
    "confirmed": State(_("confirmed"), "good"),
    "assumed": State(_("assumed"), "open"),
    "by_import": State(_("from the import"), "none"),
    "counted": State(_("counted"), "none"),
    "healthy": State(_("healthy"), "good"),
    "watch": State(_("watch"), "soon"),
    "poor": State(_("poor"), "bad"),
    "no_contact": State(_("no contact"), "none"),
    "brief": State(_("brief"), "soon"),
    "several": State(_("several"), "good"),
    "in_depth": State(_("in depth"), "good"),
    "left": State(_("left"), "bad"),
    "blind_spot": State(_("blind spot"), "bad"),
    "in_touch": State(_("in touch"), "good"),
    "not_in_touch": State(_("not in touch"), "soon"),
    "sponsor_lost": State(_("customer's sponsor lost"), "bad"),
    "tender": State(_("tender announced"), "bad"),
    "service_failure": State(_("severe service failure"), "bad"),
    "merger": State(_("merger or new owner"), "bad"),
    "key_account": State(_("Key account"), "accent"),
    "review_held": State(_("review held"), "good"),
    "sponsor_assigned": State(_("sponsor assigned"), "good"),
    "sponsor_relieved": State(_("sponsor relieved"), "none"),
    "relieved": State(_("relieved"), "none"),
    "admitted": State(_("admitted"), "good"),
    "released": State(_("released"), "none"),
    "strategic": State(_("Strategic"), "accent"),
    "star": State(_("Star"), "accent"),
    "status": State(_("Status"), "accent"),
    "streamline": State(_("Streamline"), "accent"),
}


def state(code: str | None) -> State:
    """The status of a code; a code without words of its own stands as itself, None as unknown."""
    if code is None:
        return STATES["unknown"]
    return STATES.get(code) or State(str(code).replace("_", " "), "open")


def status(code: str | None) -> str:
    """The status of a code as Markdown (colour, shape and word), for st.markdown and headers."""
    return state(code).badge
