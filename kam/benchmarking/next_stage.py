"""What the next stage of the programme needs: read from a round's scores and the bounds of the stages."""

from __future__ import annotations

from kam.benchmarking.scoring import STAGES, Rules, Scores
from kam.words import _, several


def next_stage(scores: Scores) -> str | None:
    """The stage after the round's; the first while the stage is unknown; None at the last."""
    if scores.stage is None:
        return STAGES[0]
    at = STAGES.index(scores.stage) + 1
    return STAGES[at] if at < len(STAGES) else None


def stage_needs(scores: Scores, rules: Rules) -> list[str]:
    """What is missing to the next stage, in sentences without a full stop; empty at the last.

    While the stage is unknown: what has to be rated before it can be told.
    """
    if scores.stage is None:
        unknown = [d.name for d in scores.dimensions if d.score is None]
        if unknown:
            return [
                several(
                    "a score of {count} dimension is missing: {{names}}",
                    "scores of {count} dimensions are missing: {{names}}",
                    len(unknown),
                ).format(names=", ".join(unknown))
            ]
        return [_("a bound of the stages is undecided: adopt it on the page Settings")]
    following = next_stage(scores)
    if following is None:
        return []
    bound = {
        "introducing": rules.introducing_from,
        "embedding": rules.embedding_from,
        "optimising": rules.optimising_from,
    }[following]
    needs = []
    if scores.overall < bound:
        needs.append(
            _("an overall score of {bound:g}, {missing:.0f} points more than now").format(
                bound=bound, missing=bound - scores.overall
            )
        )
    if following == "optimising":
        least = rules.optimising_dimension_at_least
        needs += [
            _("{name} at {least:g} or more; it is at {score:.0f}").format(name=d.name, least=least, score=d.score)
            for d in scores.dimensions
            if d.score < least
        ]
    else:
        weakest = sorted(scores.dimensions, key=lambda d: d.score)[:2]
        needs.append(_("most room is in {names}").format(names=", ".join(f"{d.name} ({d.score:.0f})" for d in weakest)))
    return needs
