"""An account at a glance, on its page: three sentences, health with its parts, the stage of the relationship."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kam import relationships, value
from kam.ui import table_view
from kam.ui.account_health import account_health
from kam.ui.account_knowledge import knowledge_at_a_glance
from kam.ui.account_stage import account_stage
from kam.ui.frame import Frame
from kam.ui.links import address
from kam.ui.look_alikes import look_alikes_of
from kam.ui.states import State
from kam.ui.text import plain
from kam.ui.worth import revenue_trend
from kam.words import _

_TOPICS = {"changed": _("What changed"), "due": _("What is due"), "risk": _("What is at risk")}
# The tabs of the account's page by the code that a sentence names.
TABS = {
    "summary": _("Summary"),
    "value": _("Value"),
    "people": _("People"),
    "opportunities": _("Opportunities"),
    "timeline": _("Timeline"),
}


def account_summary(frame: Frame, account: Mapping[str, Any]) -> None:
    """What changed, what is due, what is at risk; health; the stage; plays that wait and what fits; where its revenue goes."""
    course = relationships.course(frame.store, account["account_id"], frame.as_of)
    _sentences(account, relationships.sentences(frame.store, account, course, account["people"], frame.as_of))
    account_health(frame, account, course)
    account_stage(frame, account)
    knowledge_at_a_glance(frame, account)
    revenue_trend(frame, value.account_value(frame.store, frame.as_of, account["account_id"], for_whom=frame.person))
    look_alikes_of(frame, account)


def _sentences(account: Mapping[str, Any], said: Sequence[relationships.Sentence]) -> None:
    targets = [
        (
            sentence.page,
            {"account": account["account_id"]}
            | ({"tab": TABS.get(sentence.tab, sentence.tab)} if sentence.tab else {}),
        )
        for sentence in said
    ]
    table_view.draw(
        key="sentences",
        label=_("In three sentences"),
        columns=[
            {"k": "topic", "l": "", "n": False},
            {"k": "sentence", "l": _("In three sentences"), "n": False},
        ],
        rows=[
            [
                {"t": _TOPICS[sentence.topic]},
                {
                    "t": plain(sentence.text, longest=500),
                    "s": sentence.tone,
                    "g": State("", sentence.tone).shape,
                    "a": address(target[0], **target[1]),
                    "r": at,
                },
            ]
            for at, (sentence, target) in enumerate(zip(said, targets, strict=True))
        ],
        targets=targets,
    )
