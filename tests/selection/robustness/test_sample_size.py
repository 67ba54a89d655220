"""How many draws a share needs."""

from __future__ import annotations

import pytest

from kam.errors import BadInput
from kam.selection.robustness.sample_size import draws_needed, half_width
from kam.selection.robustness.smaa import DRAWS


def test_the_published_sample_size_is_found(oracle):
    example = oracle("SEL-10")
    assert draws_needed(example["inputs"]["half_width"]) == example["expected"]["N"]


@pytest.mark.parametrize("wanted", [0.2, 0.05, 0.03, 0.01, 0.007, 0.001])
def test_the_draws_asked_for_are_enough_and_one_fewer_is_not(wanted):
    draws = draws_needed(wanted)
    assert half_width(0.5, draws) <= wanted * (1 + 1e-9)
    assert half_width(0.5, draws - 1) > wanted


def test_the_usual_number_of_draws_is_enough_for_a_hundredth():
    assert draws_needed(0.01) <= DRAWS


def test_a_share_of_none_or_all_has_no_width():
    assert half_width(0, 100) == half_width(1, 100) == 0


@pytest.mark.parametrize("wanted", [0, 0.5, -0.01, float("nan")])
def test_a_width_no_share_can_have_is_refused(wanted):
    with pytest.raises(BadInput, match=r"between 0 and 0\.5"):
        draws_needed(wanted)


@pytest.mark.parametrize(("share", "draws"), [(1.01, 10), (-0.1, 10), (0.5, 0)])
def test_a_share_that_is_none_is_refused(share, draws):
    with pytest.raises(BadInput, match="at least one draw"):
        half_width(share, draws)
