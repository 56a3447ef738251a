"""From the notice to the receipt: who is recorded, when it pauses and ends, and what is left."""

from dataclasses import replace
from typing import Any

import pytest
from typing_extensions import override

from hotline.carrier.memory import MemoryCarrier
from hotline.carrier.ports import CarrierError, OutcomeUnknown, RecordingRef
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.intake.model import Recording as Notice
from hotline.kernel.clock import SystemClock
from hotline.kernel.errors import Conflict, NotFound
from hotline.recordings import store
from hotline.recordings.model import Wish
from tests.builders import ANA, BORIS
from tests.service.recordings.recorded import Recorded

HEARD = "2 1"  # Russian, the notice to its end, a topic
REFUSED = "221"
CUT_OFF = "251"
NUMBER = "+996312663322"


async def talking(exchange: Recorded, digits: str = HEARD) -> str:
    caller, _, _ = await exchange.talking(digits=digits)
    return caller


async def rows(exchange: Recorded) -> list[dict[str, Any]]:
    async with exchange.db.uow() as uow:
        found = await uow.fetch("select * from call_recording order by begun_at")
    return [dict(row) for row in found]


async def said(exchange: Recorded, caller: str) -> tuple[str, str | None]:
    shown = (await exchange.card(caller))["recording"]
    return shown["state"], shown["why"]


def going(exchange: Recorded) -> list[str]:
    """How the carrier has what it records."""
    return [how for _, how in exchange.carrier.going.values()]


async def steer(exchange: Recorded, caller: str, wish: Wish) -> None:
    await exchange.recordings.steer(ANA, (await exchange.contact(caller)).id, wish)
    await exchange.work()


async def hang_up(exchange: Recorded, caller: str) -> None:
    """The caller does; the carrier ends its recordings, and tells."""
    exchange.carrier.calls[caller].status = "completed"
    for sid in list(exchange.carrier.going):
        await exchange.carrier.steer_recording(caller, sid, "stopped")
        exchange.carrier.recorded[sid] = (caller, 12, b"RIFF of a talk")
    await exchange.status(caller, "completed")
    await exchange.work()


async def test_the_notice_is_heard_before_anything_and_then_the_talk_is_recorded(
    exchange: Recorded,
) -> None:
    await exchange.incoming("CA1")
    notice = await exchange.step("CA1", "2", 1)
    assert notice.plays[:4] == [
        "ru/ivr-notice-recorded",
        "ru/ivr-emergency",
        "ru/ivr-unrecorded",
        "ru/ivr-press-2",
    ]

    caller = await talking(exchange)

    assert going(exchange) == ["in-progress"]
    assert [call for call, _ in exchange.carrier.going.values()] == [caller]
    assert await said(exchange, caller) == ("on", None)
    audited = "select fields as groups from audit_row where tag = 'system:recording:begun'"
    async with exchange.db.uow() as uow:
        assert await uow.fetchval(audited) == ["notice.heard"]


@pytest.mark.parametrize(
    ("digits", "told", "why"),
    [
        (REFUSED, Notice.REFUSED, "refused"),
        (CUT_OFF, Notice.UNHEARD, "unheard"),
        ("0", Notice.UNHEARD, "unheard"),
    ],
)
async def test_who_refuses_or_does_not_hear_it_out_is_helped_and_not_recorded(
    exchange: Recorded, digits: str, told: Notice, why: str
) -> None:
    caller = await talking(exchange, digits)

    assert (await exchange.contact(caller)).intake["recording"] == told
    assert await rows(exchange) == []
    assert await said(exchange, caller) == ("off", why)


async def test_while_the_line_records_nothing_it_says_so_and_whoever_heard_that_never_is(
    exchange: Recorded,
) -> None:
    await exchange.switch(on=False)
    await exchange.incoming("CA1")
    assert (await exchange.step("CA1", "2", 1)).plays[0] == "ru/ivr-notice"
    caller, _ = await exchange.accepted()

    await exchange.switch(on=True)
    await exchange.join(caller)

    assert await rows(exchange) == []
    assert await said(exchange, caller) == ("off", "line")


async def test_a_carrier_that_cannot_is_not_asked_and_callers_are_told_the_truth(
    db: Database, vault: Vault
) -> None:
    exchange = Recorded(db, vault, "somleng")
    await exchange.switch(on=True)
    await exchange.incoming("CA1")
    assert (await exchange.step("CA1", "2", 1)).plays[0] == "ru/ivr-notice"


async def test_who_is_called_back_is_not_recorded_as_another_may_hold_the_phone(
    exchange: Recorded,
) -> None:
    caller = await talking(exchange)
    contact = await exchange.contact(caller)
    async with exchange.db.uow() as uow:
        await uow.execute("update call_recording set over = true")
        await uow.execute(
            "insert into call_leg (sid, contact_id, role, state, opened_at)"
            " values ('CAagain', $1, 'caller', 'in-progress', now() + interval '1 s')",
            contact.id,
        )
    await exchange.talks.hold(ANA, contact.id, on=True)
    await exchange.talks.hold(ANA, contact.id, on=False)
    await exchange.work()

    assert len(await rows(exchange)) == 1


async def test_it_pauses_on_hold_and_while_a_third_party_is_there_or_rung(
    exchange: Recorded,
) -> None:
    caller = await talking(exchange)
    contact = await exchange.contact(caller)

    await exchange.talks.hold(ANA, contact.id, on=True)
    await exchange.work()
    assert going(exchange) == ["paused"]
    assert await said(exchange, caller) == ("paused", "others")
    await exchange.talks.hold(ANA, contact.id, on=False)
    await exchange.work()
    assert going(exchange) == ["in-progress"]

    guest = await exchange.talks.bring(
        ANA, contact.id, number=NUMBER, partner=None, caller_held=False
    )
    await exchange.work()
    assert going(exchange) == ["paused"]
    await exchange.talks.dismiss(ANA, contact.id, guest.id)
    await exchange.work()
    assert going(exchange) == ["in-progress"]


async def test_the_operator_pauses_goes_on_and_ends_it_and_each_is_on_record(
    exchange: Recorded,
) -> None:
    caller = await talking(exchange)

    await steer(exchange, caller, Wish.PAUSED)
    assert (going(exchange), await said(exchange, caller)) == (["paused"], ("paused", "operator"))
    await steer(exchange, caller, Wish.ON)
    assert going(exchange) == ["in-progress"]
    await steer(exchange, caller, Wish.OFF)

    assert (going(exchange), await said(exchange, caller)) == ([], ("off", "stopped"))
    with pytest.raises(Conflict, match="no-recording"):
        await steer(exchange, caller, Wish.ON)
    contact = await exchange.contact(caller)
    with pytest.raises(NotFound):
        await exchange.recordings.steer(BORIS, contact.id, Wish.OFF)
    tags = "select fields from audit_row where tag = 'staff:recording:steered' order by id"
    async with exchange.db.uow() as uow:
        steered = [row["fields"] for row in await uow.fetch(tags)]
    assert steered == [["recording.paused"], ["recording.on"], ["recording.off"]]
    await hang_up(exchange, caller)
    assert len(await rows(exchange)) == 1


async def test_what_has_ended_is_sealed_then_deleted_at_the_carrier_until_it_has_none(
    exchange: Recorded,
) -> None:
    caller = await talking(exchange)
    await hang_up(exchange, caller)

    (row,) = await rows(exchange)
    assert (row["state"], exchange.carrier.recorded) == ("kept", {})
    assert row["gone_at"] is None  # deleted, and looked after once more
    async with exchange.db.uow() as uow:
        sound = await exchange.sounds.about(uow, row["sound_id"])
    heard = b"".join([part async for part in exchange.sounds.read(sound.id, 0, sound.length)])
    assert heard == b"RIFF of a talk"

    await exchange.again()
    (row,) = await rows(exchange)
    assert row["gone_at"] is not None
    assert (
        await exchange.count(
            "select count(*) from audit_row where tag = 'system:recording:removed'"
        )
        == 1
    )


async def test_a_carrier_that_is_away_is_asked_until_it_answers(exchange: Recorded) -> None:
    caller = await talking(exchange)
    (row,) = await rows(exchange)
    exchange.carrier.calls[caller].status = "completed"
    await exchange.carrier.steer_recording(caller, row["sid"], "stopped")
    away = CarrierError("unreachable", permanent=False)
    exchange.carrier.failures.append(away)
    assert await exchange.recordings.report(row["id"], row["sid"], "completed", 12)

    assert await exchange.work() == ["Later"]
    exchange.carrier.failures.append(CarrierError("404", permanent=False))
    assert await exchange.again() == ["Later"], "the sound is not ready, the recording is there"
    assert (await rows(exchange))[0]["state"] == "ended"
    await exchange.again()
    assert (await rows(exchange))[0]["state"] == "kept"


async def test_a_caller_who_refuses_in_the_talk_leaves_nothing(exchange: Recorded) -> None:
    caller = await talking(exchange)
    await steer(exchange, caller, Wish.REFUSED)
    await exchange.again()

    (row,) = await rows(exchange)
    assert (row["state"], row["sound_id"], exchange.carrier.recorded) == ("destroyed", None, {})
    assert row["gone_at"] is not None
    assert await said(exchange, caller) == ("off", "refused")
    assert await exchange.count("select count(*) from blob") == 0


class Unsure(MemoryCarrier):
    """Begins, and the answer gets lost."""

    @override
    async def begin_recording(self, call_sid: str, status_url: str) -> RecordingRef:
        await super().begin_recording(call_sid, status_url)
        raise OutcomeUnknown


async def test_an_unknown_beginning_is_looked_up_and_not_repeated(
    db: Database, vault: Vault
) -> None:
    carrier = Unsure(SystemClock())
    exchange = Recorded(db, vault, carrier=carrier)
    await exchange.switch(on=True)
    caller = await talking(exchange)
    assert (going(exchange), await said(exchange, caller)) == (["in-progress"], ("starting", None))

    await exchange.again()

    assert (going(exchange), await said(exchange, caller)) == (["in-progress"], ("on", None))


class Forgetful(Unsure):
    """And it takes a while until the recording is in the list."""

    listed = False

    @override
    async def talk_recordings(self, call_sid: str) -> list[RecordingRef]:
        return await super().talk_recordings(call_sid) if self.listed else []


@pytest.mark.parametrize("reported", [True, False], ids=["reported", "found in the list"])
async def test_what_was_written_off_and_is_there_after_all_is_deleted_unheard(
    db: Database, vault: Vault, *, reported: bool
) -> None:
    carrier = Forgetful(SystemClock())
    exchange = Recorded(db, vault, carrier=carrier)
    await exchange.switch(on=True)
    caller = await talking(exchange)
    (sid,) = carrier.going
    await hang_up(exchange, caller)
    await exchange.again()
    (row,) = await rows(exchange)
    assert (row["state"], row["sid"]) == ("absent", None)

    carrier.listed = True
    if reported:
        assert await exchange.recordings.report(row["id"], sid, "completed", 12)
    else:
        async with db.uow() as uow:
            await uow.execute("update call_recording set begun_at = now() - interval '1 hour'")
        await exchange.keeping.sweep()
    await exchange.work()
    await exchange.again()

    (row,) = await rows(exchange)
    assert (row["state"], row["sid"], carrier.recorded) == ("destroyed", sid, {})
    assert row["gone_at"] is not None
    assert row["sound_id"] is None, "no pause ever reached it"


class Vague(MemoryCarrier):
    """Does not say what had a recording made."""

    @override
    async def talk_recordings(self, call_sid: str) -> list[RecordingRef]:
        spoken = [replace(one, sure=False) for one in await self.recordings(call_sid)]
        return [*await super().talk_recordings(call_sid), *spoken]


async def test_what_may_be_a_message_is_never_deleted_as_a_stray(
    db: Database, vault: Vault
) -> None:
    carrier = Vague(SystemClock())
    exchange = Recorded(db, vault, carrier=carrier)
    await exchange.switch(on=True)
    caller = await talking(exchange)
    message = carrier.record(caller, b"RIFF of a message", 4)
    await hang_up(exchange, caller)
    await exchange.again()

    (row,) = await rows(exchange)
    assert (row["state"], row["gone_at"] is not None) == ("kept", True)
    assert list(carrier.recorded) == [message]


@pytest.mark.parametrize("reported", [True, False], ids=["reported", "found in the list"])
async def test_a_second_recording_of_a_call_that_nobody_meant_is_ended_and_deleted(
    exchange: Recorded, *, reported: bool
) -> None:
    caller = await talking(exchange)
    (row,) = await rows(exchange)
    stray = await exchange.carrier.begin_recording(caller, "")  # asked twice, answered once
    if reported:
        report = exchange.recordings.report
        assert await report(row["id"], stray.sid, "in-progress", None)
        assert not await report(row["id"], stray.sid, "in-progress", None)
        await exchange.work()
        assert list(exchange.carrier.going) == [row["sid"]], "the one that was meant goes on"
        assert await said(exchange, caller) == ("on", None)
    await hang_up(exchange, caller)
    for _ in range(3):
        await exchange.again()

    kept, gone = await rows(exchange)
    assert (kept["state"], gone["sid"], gone["state"]) == ("kept", stray.sid, "destroyed")
    assert (exchange.carrier.recorded, exchange.carrier.going) == ({}, {})
    assert kept["gone_at"] is not None
    assert gone["gone_at"] is not None
    async with exchange.db.uow() as uow:
        shown = await store.of_contact(uow, kept["contact_id"])
    assert [one.id for one in shown] == [kept["id"]]


async def test_reports_come_twice_late_and_out_of_order(exchange: Recorded) -> None:
    caller = await talking(exchange)
    (row,) = await rows(exchange)
    report = exchange.recordings.report

    assert await report(row["id"], row["sid"], "completed", 12) is True
    assert await report(row["id"], row["sid"], "in-progress", None) is False
    assert await report(row["id"], row["sid"], "completed", 12) is False
    assert (await rows(exchange))[0]["length_s"] == 12
    assert await said(exchange, caller) == ("off", "stopped")


async def test_when_the_line_is_switched_off_what_goes_on_ends(exchange: Recorded) -> None:
    await talking(exchange)
    await exchange.switch(on=False)
    await exchange.keeping.sweep()
    await exchange.work()

    assert going(exchange) == []


async def test_what_is_old_is_destroyed_and_the_row_stays_as_the_receipt(
    exchange: Recorded,
) -> None:
    caller = await talking(exchange)
    await hang_up(exchange, caller)
    async with exchange.db.uow() as uow:
        await uow.execute("update call_recording set kept_at = now() - interval '31 days'")
    await exchange.keeping.sweep()

    (row,) = await rows(exchange)
    assert (row["state"], row["sound_id"]) == ("destroyed", None)
    assert await exchange.count("select count(*) from blob_part") == 0
