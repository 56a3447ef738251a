"""What is said of the wait: measured, rounded up, and nothing rather than a guess."""

import pytest

from hotline.routing.waits import FEWEST, minutes_left


@pytest.mark.parametrize(
    ("waits_s", "waited_s", "minutes"),
    [
        ([300.0] * FEWEST, 0, 5),
        ([300.0] * (FEWEST - 1), 0, None),
        ([], 0, None),
        ([301.0] * FEWEST, 0, 6),
        ([300.0] * FEWEST, 150, 3),
        ([300.0] * FEWEST, 271, None),
        ([300.0] * FEWEST, 900, None),
        ([60.0, 60.0, 60.0, 60.0, 7200.0], 0, 1),
    ],
    ids=["known", "too few", "none", "rounded up", "waited", "nearly", "longer", "one outlier"],
)
def test_minutes_left(waits_s: list[float], waited_s: float, minutes: int | None) -> None:
    assert minutes_left(waits_s, waited_s) == minutes
