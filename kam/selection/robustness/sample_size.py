"""How many random draws a share needs, and how firm a share from some draws is."""

from __future__ import annotations

import math

from kam.errors import BadInput
from kam.words import _

# Two-sided 95 % point of the standard normal, as the published rule rounds it.
Z_95 = 1.96


def draws_needed(half_width: float) -> int:
    """Draws after which any share is known to ± half_width with 95 % confidence: N = 1.96² / (4 e²).

    The share 0.5 needs most; others are known better. Tervonen & Lahdelma 2007, EJOR 178(2), recalled (worked
    example SEL-10: 0.01 needs 9,604). half_width: a share, 0 < e < 0.5; otherwise BadInput.
    """
    if not 0 < half_width < 0.5:
        raise BadInput(
            _("The half-width of a share lies between 0 and 0.5; {value:g} does not.").format(value=half_width),
            reason="out_of_range",
        )
    # Nine decimals keep the binary value of 9604.000000000002 from asking for one draw more.
    return math.ceil(round((Z_95 / (2 * half_width)) ** 2, 9))


def half_width(share: float, draws: int) -> float:
    """Half of the 95 % interval of a share found in independent draws: 1.96 sqrt(p (1 - p) / N).

    share: 0..1; draws: at least 1; otherwise BadInput. Near 0 and 1 it understates (normal approximation).
    """
    if not 0 <= share <= 1 or draws < 1:
        raise BadInput(_("A share lies between 0 and 1 and rests on at least one draw."), reason="out_of_range")
    return Z_95 * math.sqrt(share * (1 - share) / draws)
