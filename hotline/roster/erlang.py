"""How many operators answer how much load in time: Erlang-B, Erlang-C and Erlang-A.

Calls come one by one at random (Poisson), handling times are exponential. Erlang-C lets everybody
wait for ever; in Erlang-A (Palm's M/M/n+M) whoever waits loses patience after an exponential time.

Sources: A. K. Erlang, *Solution of some Problems in the Theory of Probabilities of Significance in
Automatic Telephone Exchanges*, Post Office Electrical Engineers' Journal 10, 1917 (B and C).
C. Palm, *Research on Telephone Traffic Carried by Full Availability Groups*, Tele 1, 1957;
F. Baccelli, G. Hebuterne, *On Queues with Impatient Customers*, Performance '81 (virtual wait);
O. Garnett, A. Mandelbaum, M. Reiman, *Designing a Call Center with Impatient Customers*,
Manufacturing & Service Operations Management 4(3), 2002 (A, and the numbers our tests compare to).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

_PANELS: Final = 16
_MOST_PANELS: Final = 2000
# Terms and digits that change nothing.
_NEGLIGIBLE: Final = math.log(1e-17)
_SIGNS: Final = 4


@dataclass(frozen=True, slots=True)
class Traffic:
    """Contacts per second, the mean time one takes, and how long people wait; all in seconds.

    Without `patience_s` nobody gives up: Erlang-C. With it, Erlang-A.
    """

    per_s: float
    handling_s: float
    patience_s: float | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for what is no traffic."""
        if self.per_s < 0 or self.handling_s <= 0 or (self.patience_s or 1) <= 0:
            raise ValueError("times are above zero, and nobody comes less than never")

    @property
    def load(self) -> float:
        """The offered load in erlangs: how many operators are busy if nobody has to wait."""
        return self.per_s * self.handling_s


def erlang_b(operators: int, load: float) -> float:
    """The share of calls that find everybody busy, where none may wait.

    By the recursion of the inverse, 1/B(n) = 1 + n/(load * B(n-1)): only sums of positive numbers,
    so nothing is lost for any size.
    """
    if load <= 0:
        return 1.0 if operators == 0 else 0.0
    inverse = 1.0
    for n in range(1, operators + 1):
        inverse = 1.0 + inverse * n / load
    return 1.0 / inverse


def erlang_c(operators: int, load: float) -> float:
    """The share of calls that have to wait, when everybody waits; 1 when the queue never ends."""
    if load <= 0:
        return 1.0 if operators == 0 else 0.0
    if operators <= load:
        return 1.0
    blocked = erlang_b(operators, load)
    busy = load / operators
    return blocked / (1.0 - busy * (1.0 - blocked))


def answered(operators: int, traffic: Traffic, within_s: float) -> float:
    """The share of all contacts that are answered within so many seconds, from 0 to 1.

    Who gives up counts as not answered.
    """
    if traffic.per_s == 0:
        return 1.0
    if operators <= 0:
        return 0.0
    if traffic.patience_s is None:
        return _answered_by_all(operators, traffic, within_s)
    return _answered_by_patient(operators, traffic, traffic.patience_s, within_s)


def waiting(operators: int, traffic: Traffic) -> float:
    """The share of contacts that are not answered at once, from 0 to 1."""
    if traffic.patience_s is None:
        return erlang_c(operators, traffic.load)
    blocked = erlang_b(operators, traffic.load)
    if blocked == 0:
        return 0.0
    queue = _queue_log(operators, traffic, traffic.patience_s)
    everybody = _log_add(0.0, math.log(blocked) + queue)
    return math.exp(math.log(blocked) + _log_add(0.0, queue) - everybody)


def abandoning(operators: int, traffic: Traffic) -> float:
    """The share of contacts that give up, from 0 to 1: what comes in and is not served.

    Without patience nobody does.
    """
    if traffic.patience_s is None or traffic.per_s == 0:
        return 0.0
    if operators <= 0:
        return 1.0
    busy = traffic.load / operators
    queue = _log_add(0.0, _queue_log(operators, traffic, traffic.patience_s))
    late = 1.0 - 1.0 / busy + math.exp(-queue) / busy
    return max(0.0, waiting(operators, traffic) * late)


def needed(traffic: Traffic, target: float, within_s: float) -> int:
    """The fewest operators who answer the share `target` (below 1) in time; none for no traffic.

    More operators never answer less, so growing steps and halving find it.
    """
    if not 0 <= target < 1:
        raise ValueError("a target is a share below one")
    # Contacts are never known better than that, and equal half hours are then computed once.
    return _needed(replace(traffic, per_s=_rounded(traffic.per_s)), target, within_s)


@lru_cache(maxsize=20_000)
def _needed(traffic: Traffic, target: float, within_s: float) -> int:
    if traffic.per_s == 0:
        return 0
    # Nobody serves more than their time: fewer than this cannot even in the long run.
    too_few, step = max(0, math.ceil(target * traffic.load) - 1), 1
    while answered(too_few + step, traffic, within_s) < target:
        too_few, step = too_few + step, step * 2
    enough = too_few + step
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if answered(middle, traffic, within_s) < target:
            too_few = middle
        else:
            enough = middle
    return enough


def _rounded(value: float) -> float:
    return float(f"{value:.{_SIGNS}g}")


def _answered_by_all(operators: int, traffic: Traffic, within_s: float) -> float:
    spare = operators - traffic.load
    if spare <= 0:
        return 0.0
    late = math.exp(-spare * within_s / traffic.handling_s)
    return 1.0 - erlang_c(operators, traffic.load) * late


def _answered_by_patient(
    operators: int, traffic: Traffic, patience_s: float, within_s: float
) -> float:
    """At once, or after a wait that is in time and shorter than the patience.

    The wait of somebody who never gives up has the density
    n*mu * p(n) * exp(lambda/theta * (1 - exp(-theta t)) - n*mu*t), p(n) being the chance that all
    are busy and nobody waits; times exp(-theta t), that they still are there.
    """
    blocked = erlang_b(operators, traffic.load)
    if blocked == 0:
        return 1.0
    queue = _queue_log(operators, traffic, patience_s)
    everybody = _log_add(0.0, math.log(blocked) + queue)
    at_once = math.exp(math.log1p(-blocked) - everybody) if blocked < 1 else 0.0
    serving, leaving = operators / traffic.handling_s, 1 / patience_s
    begins = math.log(serving) + math.log(blocked) - everybody
    crowd = traffic.per_s / leaving

    def density(at: float) -> float:
        return math.exp(begins - crowd * math.expm1(-leaving * at) - (serving + leaving) * at)

    fine = math.ceil(within_s * (serving + leaving + traffic.per_s))
    return min(1.0, at_once + _simpson(density, within_s, min(_MOST_PANELS, _PANELS + fine)))


def _queue_log(operators: int, traffic: Traffic, patience_s: float) -> float:
    """The logarithm of sum over k >= 1 of product over i <= k of lambda / (n*mu + i*theta).

    How likely the states with somebody waiting are, against *all busy, nobody waits*; in
    logarithms, because a crowd that nobody serves goes beyond any float.
    """
    serving, leaving = operators / traffic.handling_s, 1 / patience_s
    term, total, waiting_ones = 0.0, -math.inf, 0
    while True:
        waiting_ones += 1
        step = math.log(traffic.per_s / (serving + waiting_ones * leaving))
        term += step
        total = _log_add(total, term)
        if step < 0 and term - total < _NEGLIGIBLE:
            return total


def _log_add(one: float, other: float) -> float:
    high, low = max(one, other), min(one, other)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))


def _simpson(density: Callable[[float], float], until: float, panels: int) -> float:
    if until <= 0:
        return 0.0
    step = until / (2 * panels)
    inner = sum((4 if n % 2 else 2) * density(n * step) for n in range(1, 2 * panels))
    return (density(0.0) + inner + density(until)) * step / 3
