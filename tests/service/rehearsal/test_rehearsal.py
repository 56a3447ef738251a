"""Ten thousand made-up contacts on the real queue, in virtual time; and that a fault is found."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from typing_extensions import override

from hotline.cli.rehearse import scene
from hotline.cli.shared import settings_of
from hotline.infra.embedded import Servers
from hotline.rehearsal import erlang
from hotline.rehearsal.plan import Plan
from hotline.rehearsal.run import Rehearsal
from hotline.rehearsal.virtual import VirtualDatabase, virtual
from hotline.routing.service import Rules

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
async def place(servers: Servers) -> AsyncIterator[VirtualDatabase]:
    async with virtual(servers.database_url, "rehearsal") as db:
        yield db


@pytest.fixture
def rules() -> Rules:
    return scene(settings_of("test"))[0]


@pytest.fixture
def plan() -> Plan:
    return scene(settings_of("test"))[1]


@pytest.mark.parametrize("seed", ["189-1", "189-2", "189-3", "189-4"])
async def test_nobody_is_lost_doubled_or_passed_by(
    place: VirtualDatabase, rules: Rules, plan: Plan, seed: str
) -> None:
    """Four times 2,500; `hotline rehearse --contacts 2500 --seed …` replays one of them."""
    figures = await Rehearsal(place, replace(plan, contacts=2_500, seed=seed), rules).run()
    assert figures.violations == []
    assert sum(figures.outcomes.values()) == 2_500
    assert figures.served > 1_500


async def test_a_seed_replays(place: VirtualDatabase, rules: Rules, plan: Plan) -> None:
    small = replace(plan, contacts=60, seed="again")
    first = await Rehearsal(place, small, rules).run()
    again = await Rehearsal(place, small, rules).run()
    other = await Rehearsal(place, replace(small, seed="other"), rules).run()
    assert first.history == again.history != other.history


class _Forgetful(Rehearsal):
    """A product that forgets: before step 300 it loses a wish, or a row of the queue."""

    loses = ""

    @override
    async def step(self, action: object, args: tuple[object, ...]) -> None:
        if self.agenda.steps > 300:
            async with self.db.uow() as uow:
                await uow.execute(self.loses)
        await super().step(action, args)


@pytest.mark.parametrize(
    "loses",
    [
        "drop trigger if exists operator_state_moved on operator_state",
        "delete from queue_entry where not offered",
    ],
)
async def test_what_is_forgotten_is_found(
    place: VirtualDatabase, rules: Rules, plan: Plan, loses: str
) -> None:
    _Forgetful.loses = loses
    figures = await _Forgetful(place, replace(plan, contacts=300, seed="lost"), rules).run()
    assert any("waits beside" in one for one in figures.violations), figures.violations


async def test_the_clock_is_ours(place: VirtualDatabase) -> None:
    place.now = datetime.fromisoformat("2031-05-06T07:08:09.123456+00:00")
    async with place.uow() as uow:
        await uow.execute("insert into routing_wish (contact_id) values ($1)", UUID(int=1))
        row = await uow.fetchrow("select now(), clock_timestamp(), due_at from routing_wish")
    assert row is not None
    assert set(row.values()) == {place.now}


async def test_theory_is_met(place: VirtualDatabase, rules: Rules) -> None:
    one = await erlang.against_erlang(place, 300, "189", 0.85, rules)
    assert one.ratio == pytest.approx(1, abs=0.03)
    both = await erlang.against_separate(place, 400, "189", 0.85, rules)
    assert both.ratio <= 0.5
