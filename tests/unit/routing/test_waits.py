"""What is said of the wait: an interval that holds as often as it says, or nothing."""

from collections.abc import Iterator
from random import Random  # noqa: TID251 - seeded: a run can be replayed

import pytest

from hotline.routing.matching import Asks
from hotline.routing.waits import FEWEST, Crew, Expected, Service, expected, service, steps

KY, RU = Asks("ky:2", None), Asks("ru:2", None)
TALKS = Service(300, 200)


def crew(*languages: str, hands: int = 1, free: int = 0) -> Crew:
    return Crew(
        frozenset(languages), frozenset(), senior=False, reserve=False, hands=hands, free=free
    )


def waits(chance: Random, hands: int, talk_s: float) -> Iterator[tuple[int, float]]:
    """People who come to busy hands: in which turn each is, and how long it really took."""
    now, busy, queue = 0.0, [chance.expovariate(1 / talk_s) for _ in range(hands)], [0.0] * 0
    for _ in range(3000):
        now += chance.expovariate(hands / talk_s * 0.97)
        queue = [begins for begins in queue if begins > now]
        begins = max(now, min(busy))
        if begins > now:
            yield len(queue) + 1, begins - now
            queue.append(begins)
        busy[busy.index(min(busy))] = begins + chance.expovariate(1 / talk_s)


@pytest.mark.parametrize("hands", [1, 3, 8])
@pytest.mark.parametrize("measured", [FEWEST, 200])
def test_the_interval_holds_as_often_as_it_says(hands: int, measured: int) -> None:
    chance = Random(hands * measured)  # noqa: S311 - a simulation
    held = [0, 0]
    for _ in range(20):
        talk_s = 600.0
        talks = Service(
            sum(chance.expovariate(1 / talk_s) for _ in range(measured)) / measured, measured
        )
        for turn, true_s in waits(chance, hands, talk_s):
            said = expected(turn, hands, talks)
            if said is not None:
                held[said.low * 60 <= true_s <= said.high * 60] += 1

    assert sum(held) > 10_000
    assert 0.7 <= held[True] / sum(held) <= 0.9


def test_who_is_before_counts_as_far_as_they_take_the_same_hands() -> None:
    both, mine, theirs = crew("ky:2", "ru:2"), crew("ky:2", hands=2), crew("ru:2")

    assert steps(KY, [(KY, 4)], [both, mine, theirs]) == (5, 3)
    assert steps(KY, [(RU, 4)], [mine, theirs]) == (1, 2), "nobody could take both"
    assert steps(KY, [(RU, 4)], [both, theirs]) == (3, 1), "half of theirs are also mine"
    assert steps(KY, [(KY, 4)], [crew("ky:2", hands=3, free=2)]) == (3, 3)


def test_what_is_said() -> None:
    said = expected(6, 3, TALKS)

    assert said == Expected(low=5, likely=10, high=16, narrow=True)
    near = expected(1, 1, TALKS)
    assert near is not None
    assert (near.low, near.narrow) == (0, False), "who is next may be so for a moment or for long"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(service([300.0] * (FEWEST - 1)), id="too few talks"),
        pytest.param(service([0.0] * FEWEST), id="talks without length"),
        pytest.param(steps(KY, [], [crew("ru:2")]), id="nobody on shift for it"),
        pytest.param(expected(0, 3, TALKS), id="empty hands"),
        pytest.param(expected(1, 20, TALKS), id="seconds"),
        pytest.param(expected(2, 1, TALKS, waited_s=1800), id="longer than the upper end"),
    ],
)
def test_unknown_is_unknown(said: object) -> None:
    assert said is None


def test_having_waited_is_no_reason_for_silence_while_others_are_answered() -> None:
    assert expected(2, 1, TALKS, waited_s=1800, gone=6) == expected(2, 1, TALKS)


def test_a_record_left_open_is_no_talk() -> None:
    talks = service([300.0] * FEWEST + [40_000.0])

    assert talks is not None
    assert talks.mean_s < 400
