"""Erlang's formulas against printed values, and against the chain of states solved directly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.roster.erlang import (
    Traffic,
    abandoning,
    answered,
    erlang_b,
    erlang_c,
    needed,
    waiting,
)

# Garnett, Mandelbaum, Reiman (2002): 48 calls a minute, 50 agents, 1 minute each, patience 2.
CROWD = Traffic(per_s=48 / 60, handling_s=60)
IMPATIENT = Traffic(per_s=48 / 60, handling_s=60, patience_s=120)


def test_one_and_two_lines_are_those_of_hand() -> None:
    assert erlang_b(1, 1.0) == pytest.approx(1 / 2)
    assert erlang_b(2, 1.0) == pytest.approx(1 / 5)
    assert erlang_b(3, 2.0) == pytest.approx((8 / 6) / (1 + 2 + 2 + 8 / 6))
    assert erlang_c(1, 0.5) == pytest.approx(0.5)  # M/M/1 waits as often as it is busy
    assert erlang_c(2, 1.0) == pytest.approx(1 / 3)


def test_a_hundred_calls_of_three_minutes_in_half_an_hour() -> None:
    """The example of common Erlang-C calculators: 14 people, 88.8 % within 20 seconds."""
    calls = Traffic(per_s=100 / 1800, handling_s=180)

    assert calls.load == pytest.approx(10)
    assert erlang_c(14, calls.load) == pytest.approx(0.1741319, abs=1e-6)
    assert answered(14, calls, 20) == pytest.approx(0.8883500, abs=1e-6)
    assert needed(calls, 0.8, 20) == 14
    assert answered(13, calls, 20) < 0.8


def test_patience_is_that_of_the_paper() -> None:
    """Printed there: 3.1 % give up, and wait 3.7 s on average instead of 20.8 s."""
    mean_wait = erlang_c(50, CROWD.load) * CROWD.handling_s / (50 - CROWD.load)

    assert mean_wait == pytest.approx(20.8, abs=0.05)
    assert abandoning(50, IMPATIENT) == pytest.approx(0.031, abs=0.0005)
    assert abandoning(50, IMPATIENT) * 120 == pytest.approx(3.7, abs=0.05)


def chain(operators: int, traffic: Traffic, within_s: float) -> tuple[float, float, float]:
    """Waiting, giving up and answered in time, from the states of the queue one by one.

    The wait behind `k` others is a path through `k + 1` departures: its distribution comes from
    small steps of time (Euler), not from any formula of the product.
    """
    assert traffic.patience_s is not None
    mu, theta, most = 1 / traffic.handling_s, 1 / traffic.patience_s, operators + 120
    weights = [1.0]
    for n in range(1, most):
        leave = min(n, operators) * mu + max(0, n - operators) * theta
        weights.append(weights[-1] * traffic.per_s / leave)
    total = sum(weights)
    share = [w / total for w in weights]
    gone = theta * sum((n - operators) * share[n] for n in range(operators, most)) / traffic.per_s
    # `ahead[k]`: somebody is still here with k before them. They leave at theta, all at once.
    ahead, served = share[operators:], sum(share[:operators])
    steps = 4000
    dt = within_s / steps
    for _ in range(steps):
        served += dt * operators * mu * ahead[0]
        ahead = [
            here + dt * ((operators * mu + (k + 1) * theta) * (behind - here))
            for k, (here, behind) in enumerate(zip(ahead, [*ahead[1:], 0.0], strict=True))
        ]
    return sum(share[operators:]), gone, served


@pytest.mark.parametrize(
    ("operators", "traffic", "within"),
    [
        (3, Traffic(2 / 180, 240, 90), 20),
        (1, Traffic(4 / 300, 200, 60), 30),  # far too few
        (8, Traffic(6 / 300, 300, 600), 20),
    ],
)
def test_the_formulas_say_what_the_chain_does(
    operators: int, traffic: Traffic, within: float
) -> None:
    waits, gone, served = chain(operators, traffic, within)

    assert waiting(operators, traffic) == pytest.approx(waits, abs=1e-9)
    assert abandoning(operators, traffic) == pytest.approx(gone, abs=1e-6)
    assert answered(operators, traffic, within) == pytest.approx(served, abs=5e-4)


LOADS = st.floats(min_value=0.01, max_value=60)


@given(
    load=LOADS,
    operators=st.integers(1, 80),
    handling=st.floats(min_value=20, max_value=3600),
    patience=st.floats(min_value=5, max_value=3600),
)
def test_waiting_and_giving_up_are_those_of_the_states(
    load: float, operators: int, handling: float, patience: float
) -> None:
    """The stationary states of the birth-death chain, summed directly."""
    traffic = Traffic(load / handling, handling, patience)
    logs, n = [0.0], 0
    while n < operators or logs[-1] - max(logs) > -45:
        n += 1
        leave = min(n, operators) / handling + max(0, n - operators) / patience
        logs.append(logs[-1] + math.log(traffic.per_s / leave))
    peak = max(logs)
    weights = [math.exp(log - peak) for log in logs]
    total = math.fsum(weights)
    waits = math.fsum(weights[operators:]) / total
    queue = math.fsum((n - operators) * w for n, w in enumerate(weights) if n > operators) / total

    assert waiting(operators, traffic) == pytest.approx(waits, rel=1e-6, abs=1e-12)
    gone = queue / patience / traffic.per_s
    assert abandoning(operators, traffic) == pytest.approx(gone, rel=1e-6, abs=1e-9)


@given(load=LOADS, target=st.floats(min_value=0.5, max_value=0.99), patience=st.none() | LOADS)
def test_needed_is_the_fewest(load: float, target: float, patience: float | None) -> None:
    traffic = Traffic(float(f"{load / 300:.4g}"), 300, patience and patience * 60)
    found = needed(traffic, target, 20)

    assert answered(found, traffic, 20) >= target
    assert answered(found - 1, traffic, 20) < target


def test_patience_without_end_is_no_patience() -> None:
    calm = Traffic(10 / 300, 300, 1e7)

    for operators in (12, 14, 20):
        assert answered(operators, calm, 20) == pytest.approx(
            answered(operators, Traffic(10 / 300, 300), 20), abs=1e-4
        )


def test_edges_have_answers() -> None:
    nothing = Traffic(0, 300)

    assert needed(nothing, 0.8, 20) == 0
    assert answered(0, nothing, 20) == 1
    assert answered(0, CROWD, 20) == 0
    assert answered(5, CROWD, 20) == 0  # the queue never ends
    assert 0 < answered(5, IMPATIENT, 20) < 0.2
    assert answered(2, Traffic(20, 300, 3600), 20) < 0.01  # a crowd beyond any float
    for wrong in ({"per_s": -1}, {"handling_s": 0}, {"patience_s": -5}):
        with pytest.raises(ValueError, match="times are above zero"):
            Traffic(**{"per_s": 1, "handling_s": 1, **wrong})
    with pytest.raises(ValueError, match="below one"):
        needed(CROWD, 1.0, 20)
