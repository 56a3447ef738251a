"""The ladder: never lost, never two owners, and it stops when a person takes the case."""

import dataclasses
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hotline.cases import escalation, machine
from hotline.cases.escalation import STANDARD, Climb, Crew
from hotline.cases.model import CaseState, Level
from hotline.kernel.ids import StaffId
from tests.builders import staff_id

VERA, NINA, OLGA, SENYA = (staff_id(name) for name in ("vera", "nina", "olga", "senya"))
ANA = staff_id("ana")  # an operator: on shift, but never an owner
EVERYBODY = (VERA, NINA, OLGA, SENYA)
QUARTER = timedelta(minutes=15)

crews = st.builds(
    lambda supervisors, seniors, present: Crew(
        tuple(supervisors), tuple(s for s in seniors if s not in supervisors), tuple(present)
    ),
    st.lists(st.sampled_from(EVERYBODY), unique=True),
    st.lists(st.sampled_from(EVERYBODY), unique=True),
    st.permutations([*EVERYBODY, ANA]).flatmap(
        lambda order: st.integers(0, 5).map(lambda n: order[:n])
    ),
)
levels = st.sampled_from(Level)


def climbed(
    stands_on: int, minutes: float, owner: StaffId | None, crew: Crew, level: Level = Level.URGENT
) -> Climb | None:
    return escalation.climb(
        STANDARD,
        level,
        crew,
        stands_on=stands_on,
        elapsed=timedelta(minutes=minutes),
        owner=owner,
    )


def test_first_owner_is_the_supervisor_longest_on_shift() -> None:
    crew = Crew((VERA, NINA), (SENYA,), (SENYA, NINA, VERA, ANA))
    assert escalation.ranked(crew) == (NINA, VERA, SENYA)
    first = escalation.begin(STANDARD, Level.URGENT, crew)
    assert (first.owner, first.page) == (NINA, (NINA, VERA, SENYA))
    assert (first.sms, first.next_after) == (False, QUARTER / 2)


def test_with_nobody_on_shift_it_is_the_oldest_supervisor() -> None:
    first = escalation.begin(STANDARD, Level.HIGH, Crew((VERA, NINA), (SENYA,), (ANA,)))
    assert (first.owner, first.page) == (VERA, (VERA,))


def test_the_ladder_step_by_step() -> None:
    crew = Crew((VERA, NINA), (), (VERA, NINA))
    assert climbed(0, 7.4, VERA, crew) is None
    half = climbed(0, 7.5, VERA, crew)
    assert half == Climb(1, VERA, (VERA, NINA), sms=False, next_after=QUARTER)
    full = climbed(1, 15, VERA, crew)
    assert full == Climb(2, NINA, (NINA, VERA), sms=True, next_after=2 * QUARTER)
    for again in range(3, 6):
        more = climbed(again - 1, 15 * (again - 1), NINA, crew)
        assert more == Climb(again, NINA, (NINA, VERA), sms=True, next_after=again * QUARTER)
    silent = climbed(5, 75, NINA, crew)
    assert silent == Climb(6, NINA, (NINA, VERA), sms=False, next_after=6 * QUARTER)


def test_after_a_standstill_all_missed_steps_are_one_step_with_one_message() -> None:
    late = climbed(0, 46, VERA, Crew((VERA, NINA), (), ()))
    assert late == Climb(4, NINA, (NINA,), sms=True, next_after=4 * QUARTER)


def test_an_owner_who_left_the_house_is_replaced_at_once() -> None:
    half = climbed(0, 8, OLGA, Crew((VERA,), (), ()))
    assert half is not None
    assert half.owner == VERA


@given(level=levels, minutes=st.floats(0, 20_000))
def test_reached_is_the_highest_step_whose_time_has_come(level: Level, minutes: float) -> None:
    elapsed = timedelta(minutes=minutes)
    step = escalation.reached(STANDARD, level, elapsed)
    assert escalation.after(STANDARD, level, step) <= elapsed
    assert elapsed < escalation.after(STANDARD, level, step + 1)


@given(crew=crews)
def test_only_who_may_take_it_is_asked(crew: Crew) -> None:
    order = escalation.ranked(crew)
    assert set(order) == {*crew.supervisors, *crew.seniors}
    assert len(order) == len(set(order))


@dataclass
class Open:
    """A case as the service keeps it, driven by the pure ladder."""

    level: Level
    owner: StaffId | None
    step: int = 0
    next_after: timedelta = timedelta()
    state: CaseState = CaseState.OPEN
    owners: list[StaffId | None] = field(default_factory=list)
    messages: int = 0


class Ladder(RuleBasedStateMachine):
    """Time passes, people come and go, timers fire early, late and twice, somebody takes it."""

    def __init__(self) -> None:
        super().__init__()
        self.crew = Crew((VERA, NINA), (SENYA,), (VERA,))
        self.now = timedelta()
        first = escalation.begin(STANDARD, Level.URGENT, self.crew)
        self.case = Open(Level.URGENT, first.owner, next_after=first.next_after)
        self.frozen: Open | None = None

    @rule(minutes=st.floats(0, 40))
    def time_passes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(crew=crews)
    def people_come_and_go(self, crew: Crew) -> None:
        self.crew = crew

    @rule()
    def timer_fires(self) -> None:
        if self.case.state is not CaseState.OPEN:
            return  # what Climbing.climb checks first
        step = escalation.climb(
            STANDARD,
            self.case.level,
            self.crew,
            stands_on=self.case.step,
            elapsed=self.now,
            owner=self.case.owner,
        )
        if step is None:
            assert self.now < self.case.next_after
            return
        assert step.step > self.case.step
        if step.owner != self.case.owner:
            self.case.owners.append(step.owner)
        self.case.step, self.case.owner = step.step, step.owner
        self.case.next_after = step.next_after
        self.case.messages += step.sms

    @precondition(lambda self: self.case.state is CaseState.OPEN)
    @rule(who=st.sampled_from(EVERYBODY))
    def somebody_takes_it(self, who: StaffId) -> None:
        assert machine.may(self.case.state, CaseState.ACKNOWLEDGED)
        self.case.state, self.case.owner = CaseState.ACKNOWLEDGED, who
        self.frozen = dataclasses.replace(self.case)

    @invariant()
    def never_lost(self) -> None:
        """An open case always has a next step ahead of the one it stands on, and an owner."""
        if self.case.state is CaseState.OPEN:
            assert self.case.next_after > escalation.after(
                STANDARD, self.case.level, self.case.step
            )
            assert self.case.owner is not None

    @invariant()
    def messages_are_few(self) -> None:
        assert self.case.messages <= 1 + STANDARD.sms_repeats

    @invariant()
    def stops_on_ack(self) -> None:
        if self.frozen is not None:
            assert self.case == self.frozen


TestLadder = Ladder.TestCase


def test_case_moves_only_forward_and_only_through_a_person() -> None:
    moves = {(a, b) for a in CaseState for b in CaseState if machine.may(a, b)}
    assert moves == {
        (CaseState.OPEN, CaseState.ACKNOWLEDGED),
        (CaseState.ACKNOWLEDGED, CaseState.CLOSED),
    }


def test_levels_are_in_order_of_urgency() -> None:
    assert Level.URGENT.above(Level.HIGH)
    assert Level.HIGH.above(Level.NORMAL)
    assert not any(level.above(level) for level in Level)
