"""How long somebody will still wait, as an interval with a confidence, or not said at all.

While everybody who could take the contact is busy, hands become free one after the other: with
`h` hands and talks of mean length `s`, every `s / h` on average, and the turn has come when that
has happened as often as there are people before, plus once. Were talks exponential, such a sum of
steps would be Gamma distributed with that many steps (W. Whitt: Predicting Queueing Delays,
Management Science 45(6), 1999); talks of other shapes come near it where several hands work at
once. The mean is itself only measured, from `n` talks: the sum in units of the measured mean is
then an F ratio with 2k and 2n degrees of freedom, and the interval is wide as long as little was
measured. Quantiles by the cube root of E. Paulson (An Approximate Normalization of the Analysis of
Variance Distribution, Annals of Mathematical Statistics 13(2), 1942).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Final

from hotline.routing.matching import Asks

FEWEST: Final = 20
MOST: Final = 200
RECENT: Final = timedelta(days=28)
CONFIDENCE: Final = 0.8
_Z: Final = 1.2816
"""Of the normal distribution, a tenth is beyond it."""
_OUTLIER: Final = 6
"""Talks count as so many medians at most: a record left open over night is no service time."""
_MINUTE_S: Final = 60
# Less than this is not worth saying, and about to be wrong.
_LEAST_S: Final = 30


@dataclass(frozen=True, slots=True)
class Service:
    """From the first word until the hands were free: the mean in seconds of so many talks."""

    mean_s: float
    count: int


@dataclass(frozen=True, slots=True)
class Crew:
    """Operators on shift who are able to do the same: their hands, and how many are empty.

    `languages` and `topics` are tokens, as in matching.
    """

    languages: frozenset[str]
    topics: frozenset[str]
    senior: bool
    reserve: bool
    hands: int
    free: int


@dataclass(frozen=True, slots=True)
class Expected:
    """Whole minutes still to wait: as likely less as more than `likely`.

    With the confidence of `CONFIDENCE` it is between `low` and `high`. `narrow`: so close together
    that one number says it honestly.
    """

    low: int
    likely: int
    high: int
    narrow: bool


def service(talks_s: Sequence[float]) -> Service | None:
    """What these talks say; None when they are too few."""
    if len(talks_s) < FEWEST:
        return None
    most = _OUTLIER * median(talks_s)
    mean_s = sum(min(talk, most) for talk in talks_s) / len(talks_s)
    return Service(mean_s, len(talks_s)) if mean_s > 0 else None


def steps(
    mine: Asks, ahead: Sequence[tuple[Asks, int]], crews: Sequence[Crew]
) -> tuple[float, int] | None:
    """How many hands must become free until it is my turn, and how many there are for me.

    Who is before me counts as far as they may take hands that I could have: of those who could be
    theirs, the share that could be mine. None when nobody on shift could take me.
    """
    fit = [crew for crew in crews if _able(mine, crew)]
    hands = sum(crew.hands for crew in fit)
    if not hands:
        return None
    turns = 1.0 - sum(crew.free for crew in fit)
    for asks, count in ahead:
        theirs = sum(crew.hands for crew in crews if _able(asks, crew))
        shared = sum(crew.hands for crew in fit if _able(asks, crew))
        turns += count * shared / theirs if theirs else 0
    return turns, hands


def expected(
    turns: float, hands: int, talks: Service, *, waited_s: float = 0, gone: int = 0
) -> Expected | None:
    """The interval; None when it is about to be over, or what was measured does not hold today.

    `gone`: so many with the same wish were answered in the `waited_s` seconds that this one waits.
    Whoever has waited longer than the upper end of the whole, theirs and what is left, is told no
    number: that it takes longer than measured is then all that is known.
    """
    step_s = talks.mean_s / hands
    if turns <= 0 or waited_s > _quantile(turns + gone, talks.count, _Z) * step_s:
        return None
    low, likely, high = (_quantile(turns, talks.count, z) * step_s for z in (-_Z, 0, _Z))
    if likely < _LEAST_S:
        return None
    return Expected(
        math.floor(low / _MINUTE_S),
        math.ceil(likely / _MINUTE_S),
        math.ceil(high / _MINUTE_S),
        narrow=high <= 2 * likely,
    )


def _able(asks: Asks, crew: Crew) -> bool:
    return (
        asks.language in {None, *crew.languages}
        and asks.topic in {None, *crew.topics}
        and (crew.senior or not asks.senior)
        and (asks.reserve or not crew.reserve)
    )


def _quantile(turns: float, count: int, z: float) -> float:
    """Of the sum of `turns` steps, in measured mean steps; `z` as of the normal distribution."""
    a, b = 1 / (9 * turns), 1 / (9 * count)
    near, far = 1 - a, 1 - b
    root = math.sqrt(max(near * near * b + far * far * a - a * b * z * z, 0.0))
    cube = (near * far + z * root) / (far * far - b * z * z)
    return float(turns * max(cube, 0.0) ** 3)
