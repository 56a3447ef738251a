"""What monitoring reads of a day: it moves with what happens."""

from tests.town import Town, eventually
from tests.wire import CALLER


async def test_the_numbers_follow_a_call(town: Town) -> None:
    ana = await town.on_shift("ana")
    await _shows(town, "operators", 1, presence="available")
    other, waiting = await town.waiting(CALLER)
    offer = await town.offer(ana)
    await _shows(town, "queue_waiting", 1, channel="voice")
    await ana.post(f"/api/offers/{offer['id']}/pass", {"reason": "other"})
    await _shows(town, "offers_ended_total", 1, how="passed")
    await other.hang_up()
    await town.over(waiting, "abandoned")

    await _shows(town, "contacts_closed_total", 1, channel="voice", outcome="abandoned")
    await _shows(town, "queue_waiting", 0, channel="voice")
    assert _value(town, "loop_lag_seconds") is not None
    assert (_value(town, "jobs_total", kind="event", how="done") or 0) > 0


async def test_the_numbers_follow_a_talk(town: Town) -> None:
    ana = await town.on_shift("ana")
    caller = await town.caller(CALLER)
    card = await town.talking(ana, caller)
    await _shows(town, "offers_ended_total", 1, how="accepted")
    await _shows(town, "wait_seconds_count", 1, channel="voice")
    await caller.hang_up()
    await town.written_up(ana, card["id"])


async def _shows(town: Town, name: str, value: float, **labels: str) -> None:
    """Wait until a number has this value."""

    async def shown() -> bool:
        return _value(town, name, **labels) == value

    await eventually(shown)


def _value(town: Town, name: str, **labels: str) -> float | None:
    return town.ground.metrics.registry.get_sample_value(f"hotline_{name}", labels)
