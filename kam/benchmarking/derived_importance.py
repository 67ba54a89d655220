"""Derived importance: how closely doing well in an attribute goes with being content overall (METHOD 7.4).

What people state as important has little spread; the partial correlation of an attribute's performance with overall
satisfaction, the other attributes held still, says what moves it. It takes many complete answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# What surveys call the one question about everything, without case and space around it.
OVERALL = ("overall satisfaction", "overall", "satisfaction overall")


@dataclass(frozen=True)
class Derived:
    """Partial correlations, −1..1, by attribute. answers: people whose marks are complete.

    by_attribute: empty where there are fewer than needed, nobody was asked overall, or the marks cannot tell the
    attributes apart; because: which of these, a code (few, not_asked, alike), empty where it is known.
    """

    answers: int
    by_attribute: Mapping[str, float]
    because: str


def derived_importance(people: Sequence[Mapping[str, float]], needed: int | None) -> Derived:
    """From marks of performance by attribute, one mapping per person: r = −P_ij / √(P_ii P_jj) of the inverse
    correlation matrix P (Whittaker 1990, Graphical Models in Applied Multivariate Statistics, 5.8).
    """
    asked = {name for person in people for name in person}
    overall = next((name for name in sorted(asked) if name.strip().casefold() in OVERALL), None)
    if overall is None:
        return Derived(0, {}, "not_asked")
    names = [overall, *sorted(asked - {overall})]
    complete = [[person[name] for name in names] for person in people if len(person) == len(names)]
    if needed is None or len(complete) < max(needed, len(names) + 2):
        return Derived(len(complete), {}, "few")
    # Here, because it is dear to import.
    import numpy as np

    marks = np.asarray(complete, dtype=float)
    if (marks.std(axis=0) == 0).any():
        return Derived(len(complete), {}, "alike")
    correlations = np.corrcoef(marks, rowvar=False)
    if np.linalg.cond(correlations) > 1e8:
        return Derived(len(complete), {}, "alike")
    inverse = np.linalg.inv(correlations)
    found = -inverse[0, 1:] / np.sqrt(inverse[0, 0] * np.diag(inverse)[1:])
    return Derived(len(complete), dict(zip(names[1:], (float(r) for r in found), strict=True)), "")
