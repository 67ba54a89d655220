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
    "in_order": State(_("in order"), "good"),
    "differs": State(_("differs"), "bad"),
    "undone": State(_("undone"), "none"),
    "in_force": State(_("in force"), "good"),
    "imported": State(_("imported"), "good"),
    "refused": State(_("refused"), "bad"),
    "unmatched": State(_("no rule"), "soon"),
    "stale": State(_("stale"), "soon"),
    "incomplete": State(_("incomplete"), "soon"),
    "not_yet": State(_("not yet on this day"), "none"),
    "not_assessed": State(_("never assessed"), "none"),
    "none": State(_("no cadence set"), "none"),
    "vacant": State(_("vacant"), "bad"),
    "unassigned": State(_("unassigned"), "open"),
    "assigned": State(_("assigned"), "good"),
    "over_cap": State(_("over the cap"), "soon"),
    "over_hard_cap": State(_("over the hard cap"), "bad"),
    "no_room": State(_("no room"), "soon"),
    "at_cap": State(_("at the cap"), "good"),
    "free": State(_("has room"), "good"),
    "over_hours": State(_("over the hours given"), "bad"),
    "within_hours": State(_("within the hours given"), "good"),
    "vetoed": State(_("vetoed"), "bad"),
    "locked": State(_("locked"), "accent"),
    "needs_brief": State(_("needs a brief"), "soon"),
    "needs_outcome": State(_("outcome missing"), "bad"),
    "held_unbriefed": State(_("held without a brief"), "soon"),
    "kept": State(_("kept"), "good"),
    "kept_late": State(_("kept late"), "soon"),
    "unbriefed": State(_("no briefs"), "soon"),
    "no_outcome": State(_("no outcomes"), "soon"),
    "wrong_altitude": State(_("wrong altitude"), "soon"),
    "escalations_only": State(_("escalations only"), "soon"),
    "sponsor_changes": State(_("sponsor changed"), "soon"),
    "none_planned": State(_("nothing planned"), "soon"),
    "sponsor_inflation": State(_("too many accounts"), "soon"),
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
    "concentrate": State(_("concentrate here"), "bad"),
    "keep_up": State(_("keep up the good work"), "good"),
    "low_priority": State(_("low priority"), "none"),
    "overkill": State(_("possible overkill"), "soon"),
    "absent_step": State(_("absent"), "bad"),
    "begun": State(_("begun"), "soon"),
    "in_place": State(_("in place"), "good"),
    "undecided": State(_("undecided"), "open"),
    "rejected": State(_("rejected"), "none"),
    "follow_up_due": State(_("to be looked at again"), "soon"),
    "running": State(_("running"), "good"),
    "followed": State(_("looked at again"), "good"),
    "adopt": State(_("adopt"), "good"),
    "try": State(_("try"), "soon"),
    "reject": State(_("reject"), "none"),
    "met": State(_("met"), "good"),
    "not_met": State(_("not met"), "bad"),
    "waiting": State(_("waits for another"), "soon"),
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
    "left": State(_("left"), "bad"),
    "away_uncovered": State(_("away, uncovered"), "bad"),
    "absent": State(_("away, covered"), "soon"),
    "present": State(_("there"), "good"),
    "rerate": State(_("to be rated again"), "soon"),
    "not_needed": State(_("not needed"), "none"),
    "flagged": State(_("flagged"), "soon"),
    "pays_on_revenue": State(_("pays on revenue"), "bad"),
    "pays_on_visits": State(_("pays on visits"), "bad"),
    "pays_on_time": State(_("pays on time"), "bad"),
    "too_short": State(_("too short"), "soon"),
    "nothing_shared": State(_("nothing shared"), "soon"),
    "ahead": State(_("ahead"), "open"),
    "ended": State(_("ended"), "none"),
    "unwritten": State(_("outcome missing"), "soon"),
    "no_champion": State(_("no champion"), "bad"),
    "reports_too_low": State(_("reports too low"), "soon"),
    "no_time": State(_("no time set aside"), "soon"),
    "not_on_agenda": State(_("not on the agenda"), "soon"),
    "no_successor": State(_("no successor"), "soon"),
    "reached": State(_("reached"), "good"),
    "behind": State(_("behind its course"), "soon"),
    "missed": State(_("missed"), "bad"),
    "carried": State(_("taken over"), "none"),
    "left_open": State(_("left open"), "soon"),
    "settled": State(_("settled"), "good"),
    "past_end": State(_("past its end"), "soon"),
    "continued": State(_("continued"), "none"),
    "broken": State(_("not kept"), "bad"),
    "not_observed": State(_("not observed yet"), "open"),
    "unanswered": State(_("unanswered"), "soon"),
    "runs": State(_("runs"), "good"),
    "coming": State(_("coming"), "open"),
    "won": State(_("won"), "good"),
    "lost": State(_("lost"), "none"),
    "soon": State(_("decide soon"), "soon"),
    "passed": State(_("notice passed"), "none"),
    "renewed": State(_("renewed itself"), "soon"),
    "open_ended": State(_("no end"), "none"),
    "worked": State(_("worked"), "good"),
    "partly": State(_("worked in part"), "soon"),
    "failed": State(_("did not work"), "bad"),
    "no_contact_yet": State(_("no visit yet"), "open"),
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
    "blind_spot": State(_("blind spot"), "bad"),
    "in_touch": State(_("in touch"), "good"),
    "not_in_touch": State(_("not in touch"), "soon"),
    "sponsor_lost": State(_("customer's sponsor lost"), "bad"),
    "tender": State(_("tender announced"), "bad"),
    "service_failure": State(_("severe service failure"), "bad"),
    "merger": State(_("merger or new owner"), "bad"),
    "key_account": State(_("Key account"), "accent"),
    "manager_appointed": State(_("manager appointed"), "good"),
    "review_held": State(_("review held"), "good"),
    "sponsor_assigned": State(_("sponsor assigned"), "good"),
    "sponsor_relieved": State(_("sponsor relieved"), "none"),
    "relieved": State(_("relieved"), "none"),
    "admitted": State(_("admitted"), "good"),
    "released": State(_("released"), "none"),
    "nominated": State(_("put forward"), "open"),
    "member": State(_("key account"), "good"),
    "exiting": State(_("exiting"), "soon"),
    "outside": State(_("outside"), "none"),
    "suspended": State(_("suspended"), "bad"),
    "enter": State(_("enters"), "accent"),
    "stay": State(_("stays"), "good"),
    "leave": State(_("leaves"), "bad"),
    "wait": State(_("waits"), "open"),
    "decline": State(_("declined"), "none"),
    "assessed": State(_("assessed"), "open"),
    "decided": State(_("decided"), "soon"),
    "abandoned": State(_("given up"), "none"),
    "refused_ground": State(_("refused: ground"), "bad"),
    "refused_gate": State(_("refused: gate"), "bad"),
    "unknown_gate": State(_("refused: unknown"), "bad"),
    "regular_way": State(_("regular way"), "good"),
    "already_member": State(_("key account already"), "none"),
    "friendship": State(_("personal friendship"), "open"),
    "loudness": State(_("who shouts loudest"), "open"),
    "owner": State(_("who owns the account"), "open"),
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
