"""The net below the SMS webhook: what the carrier could not deliver is fetched, once, in order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote_plus

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from bots.sms.door import Door
from bots.sms.ports import Arrival
from bots.sms.reconciler import Reconciler
from hotline.carrier.memory import MemoryCarrier
from hotline.carrier.ports import Carrier, CarrierError, MessageReceived
from hotline.chat.ports import Inbound
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.clock import ManualClock, SystemClock
from hotline.kernel.errors import Unavailable
from tests.contracts.messengers import NUMBER, Line, a_carrier, open_line
from tests.service.chat.house import House

OUR_NUMBER = "+996312000189"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Enough(Exception):  # noqa: N818 - read as in "raise Enough"
    """Ends an endless loop from the place where it would rest."""


def rests(times: int) -> tuple[list[float], Callable[[float], Awaitable[None]]]:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) >= times:
            raise Enough

    return pauses, sleep


@pytest.fixture
async def sms(db: Database, vault: Vault) -> AsyncIterator[Line]:
    async with open_line("sms", db, vault) as line:
        yield line


@pytest.fixture
async def carrier(sms: Line) -> AsyncIterator[Carrier]:
    made = a_carrier(sms.settings)
    yield made
    await made.close()


def net(house: House, carrier: Carrier, clock: ManualClock | None = None) -> Reconciler:
    return Reconciler(carrier, Door(house.reception, house.metrics), clock or SystemClock())


def counted(house: House, how: str) -> float:
    labels = {"provider": "sms", "how": how}
    return house.metrics.registry.get_sample_value("hotline_inbox_events_total", labels) or 0.0


async def heard(house: House) -> list[str | None]:
    contact = await house.contact()
    return [m.text for m in await house.all_messages(contact.id) if m.author == "caller"]


async def knock(sms: Line, sid: str, text: str) -> int:
    fields = {"MessageSid": sid, "From": NUMBER, "To": OUR_NUMBER, "Body": text, "NumMedia": "0"}
    body = "&".join(f"{name}={quote_plus(value)}" for name, value in fields.items())
    return await sms.knock(body.encode())


def down(sms: Line) -> None:
    """The carrier can reach nobody: it takes messages and gives up on telling us."""
    sms.world.point_at(sms_url="")


async def test_what_was_missed_is_taken_once_and_in_order(sms: Line, carrier: Carrier) -> None:
    await sms.person.writes("раз")
    down(sms)
    for text in ("два", "три", "четыре"):
        await sms.person.writes(text)
    looks = net(sms.house, carrier)
    assert [await looks.look() for _ in range(3)] == [3, 0, 0]
    assert await net(sms.house, carrier).look() == 0
    assert await heard(sms.house) == ["раз", "два", "три", "четыре"]
    assert await sms.house.count("contact") == 1
    assert counted(sms.house, "missed") == 3
    assert counted(sms.house, "repeat") == 0


async def test_whoever_was_missed_is_answered(sms: Line, carrier: Carrier) -> None:
    down(sms)
    await sms.person.writes("Менде суроо бар, жардам керек")
    await net(sms.house, carrier).look()
    await sms.house.work(now=True)
    await sms.person.hears("")  # the network takes a moment
    assert sms.person.texts()


async def test_a_webhook_that_comes_after_all_is_a_repeat(sms: Line, carrier: Carrier) -> None:
    down(sms)
    await sms.person.writes("помогите")
    (sid,) = sms.world.carrier.messages.by_sid
    assert await net(sms.house, carrier).look() == 1
    before = [await sms.house.count(table) for table in ("message", "job", "inbox")]
    assert await knock(sms, sid, "помогите") == 200
    assert [await sms.house.count(table) for table in ("message", "job", "inbox")] == before
    assert await heard(sms.house) == ["помогите"]


async def test_webhooks_and_many_looks_at_once_take_it_once(sms: Line, carrier: Carrier) -> None:
    down(sms)
    await sms.person.writes("помогите")
    (sid,) = sms.world.carrier.messages.by_sid
    looks = [net(sms.house, carrier).look() for _ in range(3)]
    knocks = [knock(sms, sid, "помогите") for _ in range(3)]
    counts, answers = await asyncio.gather(asyncio.gather(*looks), asyncio.gather(*knocks))
    assert sum(counts) <= 1
    assert answers == [200, 200, 200]
    assert await heard(sms.house) == ["помогите"]


async def test_machines_and_stop_words_are_as_by_webhook(house: House) -> None:
    carrier = MemoryCarrier(SystemClock())
    carrier.incoming_message(NUMBER, "вопрос")
    carrier.incoming_message("Beeline", "реклама")
    carrier.incoming_message(NUMBER, "СТОП")
    looks = net(house, carrier)
    assert await looks.look() == 3
    assert await looks.look() == 0
    assert (await house.contact()).live
    assert await house.count("contact") == 1
    assert await house.count("caller_opt_out") == 1
    assert counted(house, "ignored") == 1


async def test_a_picture_is_told_as_a_file(house: House) -> None:
    at = SystemClock().now()
    picture = MessageReceived("MM1", NUMBER, OUR_NUMBER, "вот", num_media=1, at=at)
    await net(house, MemoryCarrier(SystemClock(), received=[picture])).look()
    contact = await house.contact()
    assert (await house.all_messages(contact.id))[0].kind == "document"


async def test_the_room_looks_where_jobs_run(sms: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = asyncio.Event()
    receive = sms.house.reception.receive

    async def watched(inbound: Inbound) -> bool:
        first = await receive(inbound)
        taken.set()
        return first

    monkeypatch.setattr(sms.house.reception, "receive", watched)
    room = sms.messenger.room(sms.house.reception, sms.house.delivery)
    assert set(room.loops) == {"sms.reconciler"}
    assert room.edge_loops == {}
    down(sms)
    await sms.person.writes("помогите")
    looking = asyncio.gather(room.loops["sms.reconciler"]())
    async with asyncio.timeout(10):
        await taken.wait()
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking
    assert await heard(sms.house) == ["помогите"]


async def test_the_first_look_goes_back_a_day_and_later_ones_ten_minutes(house: House) -> None:
    clock = ManualClock(START)
    carrier = MemoryCarrier(clock)

    def came(sid: str, *, hours: int = 0, minutes: int = 0) -> None:
        at = clock.now() - timedelta(hours=hours, minutes=minutes)
        carrier.received.append(MessageReceived(sid, NUMBER, OUR_NUMBER, sid, num_media=0, at=at))

    came("SM1", hours=24, minutes=1)
    came("SM2", hours=23, minutes=59)
    looks = net(house, carrier, clock)
    assert await looks.look() == 1
    came("SM3", minutes=11)
    came("SM4", minutes=9)
    assert await looks.look() == 1
    clock.advance(timedelta(minutes=30))
    carrier.failures.append(CarrierError("unreachable", permanent=False))
    with pytest.raises(CarrierError):
        await looks.look()
    came("SM5", minutes=35)  # before the last look that succeeded, and listed late
    assert await looks.look() == 1
    assert await heard(house) == ["SM2", "SM4", "SM5"]


async def test_a_carrier_that_is_away_is_told_once_and_asked_again(house: House) -> None:
    carrier = MemoryCarrier(SystemClock())
    carrier.incoming_message(NUMBER, "помогите")
    carrier.failures += [CarrierError("unreachable", permanent=False)] * 8
    pauses, sleep = rests(10)
    door = Door(house.reception, house.metrics)
    with capture_logs() as logs, pytest.raises(Enough):
        await Reconciler(carrier, door, SystemClock(), sleep=sleep).run()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert logs == [
        {"event": "sms.reconciler_waits", "code": "unreachable", "log_level": "warning"},
        {"event": "sms.reconciler_goes_on", "log_level": "info"},
        {"event": "sms.missed_messages_taken", "count": 1, "log_level": "warning"},
    ]
    assert await heard(house) == ["помогите"]


async def test_a_mistake_of_ours_does_not_end_the_loop(house: House) -> None:
    class Broken(MemoryCarrier):
        @override
        async def received_messages(self, since: datetime) -> list[MessageReceived]:
            raise LookupError

    pauses, sleep = rests(3)
    door = Door(house.reception, house.metrics)
    with capture_logs() as logs, pytest.raises(Enough):
        await Reconciler(Broken(SystemClock()), door, SystemClock(), sleep=sleep).run()
    assert pauses == [1, 2, 4]
    assert [entry["event"] for entry in logs] == ["sms.reconciler_failed"]


class Fragile(Door):
    """Breaks at some texts, or cannot keep anything."""

    away = False
    breaks = "ломает"

    @override
    async def _take(self, arrival: Arrival, first: str) -> bool:
        if self.away:
            raise Unavailable("database")
        if arrival.body == self.breaks:
            raise ValueError
        return await super()._take(arrival, first)


async def test_a_message_that_breaks_us_stops_none_behind_it_and_is_set_aside(
    house: House,
) -> None:
    carrier = MemoryCarrier(SystemClock())
    bad = carrier.incoming_message(NUMBER, "ломает")
    carrier.incoming_message(NUMBER, "следующее")
    looks = Reconciler(carrier, Fragile(house.reception, house.metrics), SystemClock())
    with capture_logs() as logs:
        assert [await looks.look() for _ in range(7)] == [1, 0, 0, 0, 0, 0, 0]
    assert [entry["event"] for entry in logs] == ["sms.message_failed"] * 5
    assert await heard(house) == ["следующее"]
    assert counted(house, "set-aside") == 1
    async with house.db.uow() as uow:
        asked = await uow.fetchval("select payload from job where kind = 'chat.set_aside'")
        assert asked == {"channel": "sms", "event_id": bad.sid}
        sealed = await uow.fetchval("select sealed from inbox where event_id = $1", bad.sid)
    assert "ломает" in house.vault.open(sealed, aad=f"inbox|sms|{bad.sid}")


async def test_what_broke_us_once_is_looked_for_again_however_old_it_is(house: House) -> None:
    clock = ManualClock(START)
    at = clock.now() - timedelta(hours=3)
    old = MessageReceived("SM1", NUMBER, OUR_NUMBER, "ломает", num_media=0, at=at)
    door = Fragile(house.reception, house.metrics)
    looks = Reconciler(MemoryCarrier(clock, received=[old]), door, clock)
    with capture_logs():
        assert await looks.look() == 0
    door.breaks = ""
    clock.advance(timedelta(minutes=1))
    assert await looks.look() == 1
    assert await heard(house) == ["ломает"]


async def test_while_nothing_can_be_kept_the_look_does_not_count(house: House) -> None:
    clock = ManualClock(START)
    carrier = MemoryCarrier(clock)
    carrier.incoming_message(NUMBER, "помогите")
    door = Fragile(house.reception, house.metrics)
    looks = Reconciler(carrier, door, clock)
    door.away = True
    with pytest.raises(Unavailable):
        await looks.look()
    clock.advance(timedelta(hours=20))
    door.away = False
    assert await looks.look() == 1
    assert await heard(house) == ["помогите"]
