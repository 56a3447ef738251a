"""Messages that callers leave: kept whatever the line does, heard before anybody is called."""

import io
import wave
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from hotline.access.model import Actor
from hotline.callbacks.listening import due
from hotline.callbacks.messages import SETTLE
from hotline.callbacks.model import CallbackState, MessageState
from hotline.carrier.ports import CarrierError
from hotline.contacts.model import ContactState, Outcome
from hotline.contacts.safety import Safety, Window
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.jobcontext import Later
from hotline.intake.model import recording_of
from hotline.kernel.errors import Conflict, NotFound
from tests.builders import ANA, BORIS, MALLORY
from tests.service.telephony.document import Document
from tests.service.telephony.exchange import SHUT, Exchange
from tests.service.telephony.test_agreed import BOSS

Json = dict[str, Any]


def spoken(seconds: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(b"\1\2" * 8000 * seconds)
    return file.getvalue()


@pytest.fixture
def night(db: Database, vault: Vault) -> Exchange:
    return Exchange(db, vault, hours=SHUT)


async def asked_to_speak(night: Exchange, **more: str) -> str:
    """Somebody calls at night and wants to leave a message; the leg."""
    sid = night.carrier.incoming().sid
    document = await night.incoming(sid, **more)
    for digit in ("2", "1", "1"):
        document = await night.step(sid, digit, document.turn)
    assert document.verbs == ["Play", "Record", "Redirect"]
    assert document.plays == ["ru/ivr-message"]
    return sid


async def left(night: Exchange, **more: str) -> tuple[str, str]:
    """Somebody spoke for four seconds and pressed the key; the leg and the recording."""
    sid = await asked_to_speak(night, **more)
    recording = night.carrier.record(sid, spoken(4), 4)
    document = await says(night, sid, recording, Digits="#")
    assert document.plays == ["ru/ivr-message-kept", "ru/ivr-goodbye"]
    assert document.verbs[-1] == "Hangup"
    await night.status(sid, "completed")
    await night.work()
    return sid, recording


async def says(
    night: Exchange, sid: str, recording: str = "", seconds: int = 4, **more: str
) -> Document:
    """The carrier asks what comes after the tone."""
    fields = {"RecordingSid": recording, "RecordingDuration": str(seconds)} if recording else {}
    return Document(await night.message(sid, **(fields | more)))


async def row(night: Exchange, actor: Actor = ANA) -> Json:
    (found,) = await night.promises.shown(actor, CallbackState.OPEN)
    return found


async def test_a_message_is_sealed_here_gone_there_and_work_that_waits(night: Exchange) -> None:
    sid, recording = await left(night)

    contact = await night.contact(sid)
    assert contact.state is ContactState.WAITING
    assert await night.count("select count(*) from queue_entry") == 0
    assert recording not in night.carrier.recorded
    assert await night.count("select count(*) from voice_message where deleted_at is null") == 0
    found = await row(night)
    read = night.live.read("0-0")
    assert "messages.waiting" in [event.kind for event in (await anext(read)).events]
    assert await night.listening.live_count({}, ANA) == {"n": 1}
    assert (found["why"], found["contact_id"]) == ("message", contact.id)
    assert found["message"] == (await night.card(sid))["message"]


async def test_listening_is_on_record_and_a_ticket_is_for_one_person(night: Exchange) -> None:
    sid, _ = await left(night)
    message = UUID(str((await row(night))["message"]["id"]))

    shown = await night.listening.ticket(ANA, message)
    assert (shown["duration_s"], len(shown["peaks"]) > 0) == (4, True)
    ticket = shown["url"].partition("?t=")[2]
    sound = await night.listening.sound(ANA, message, ticket)
    heard = b"".join([part async for part in night.listening.read(sound, 40, 60)])

    assert heard == spoken(4)[40:60]
    assert sound.duration_ms == 4000
    tag = "select count(*) from audit_row where tag = 'staff:message:played' and actor_id = $1"
    assert await night.count(tag, ANA.staff_id) == 1
    for actor, wrong in ((BORIS, ticket), (ANA, ""), (ANA, ticket[:-1] + "x"), (MALLORY, ticket)):
        with pytest.raises(NotFound):
            await night.listening.sound(actor, message, wrong)
    with pytest.raises(NotFound):
        await night.listening.ticket(MALLORY, message)

    await night.promises.close(ANA, UUID(str((await row(night))["id"])), "heard")
    assert (await night.contact(sid)).outcome is Outcome.MESSAGE
    with pytest.raises(NotFound):
        await night.listening.sound(ANA, message, ticket)


async def test_nobody_is_called_before_the_message_was_heard(night: Exchange) -> None:
    await left(night)
    await night.on_shift()
    found = await row(night)
    callback = UUID(str(found["id"]))

    with pytest.raises(Conflict, match="message-unheard"):
        await night.promises.hurry(ANA, callback)
    with pytest.raises(Conflict, match="message-unheard"):
        await night.promises.close(ANA, callback, "no time")
    await night.listening.ticket(ANA, UUID(str(found["message"]["id"])))
    await night.promises.hurry(ANA, callback)

    assert await night.count("select count(*) from queue_entry where wanted = $1", ANA.staff_id)


async def test_a_message_is_answered_at_safe_hours_only(night: Exchange) -> None:
    sid, _ = await left(night)
    found = await row(night)
    await night.listening.ticket(ANA, UUID(str(found["message"]["id"])))
    async with night.db.uow() as uow:
        hour = (await uow.time()).hour
    window = Window(frozenset(range(7)), *(((hour + ahead) % 24) * 60 for ahead in (4, 6)))
    wanted = Safety(zone="Europe/London", windows=(window,))
    await night.safe.write(BOSS, (await night.contact(sid)).id, 0, wanted)

    with pytest.raises(Conflict, match="outside-safe-window"):
        await night.promises.hurry(ANA, UUID(str(found["id"])))

    assert (await row(night))["safe_now"] is False
    assert await night.count("select count(*) from queue_entry") == 0


async def test_a_hidden_number_leaves_a_message_too_and_cannot_be_called(night: Exchange) -> None:
    await left(night, From="anonymous")
    found = await row(night)
    assert found["can_call"] is False
    await night.listening.ticket(ANA, UUID(str(found["message"]["id"])))

    with pytest.raises(Conflict, match="callback-cannot"):
        await night.promises.hurry(ANA, UUID(str(found["id"])))


async def by_status(night: Exchange, sid: str, recording: str) -> None:
    await night.message_status(sid, RecordingSid=recording, RecordingDuration="4")


async def by_url(night: Exchange, sid: str, recording: str) -> None:
    """Small carriers name a recording only by its address."""
    url = f"https://carrier.example/Accounts/AC1/Recordings/{recording}.wav"
    await says(night, sid, RecordingUrl=url, RecordingDuration="4", CallStatus="completed")


async def by_nothing(night: Exchange, _sid: str, _recording: str) -> None:
    await night.work(SETTLE)


@pytest.mark.parametrize("told", [by_status, by_url, by_nothing])
async def test_who_hangs_up_while_speaking_has_left_a_message(
    night: Exchange, told: Callable[[Exchange, str, str], Awaitable[None]]
) -> None:
    sid = await asked_to_speak(night)
    recording = night.carrier.record(sid, spoken(4), 4)
    await night.status(sid, "completed")
    await night.work()

    for _ in range(2):
        await told(night, sid, recording)
        await night.work()

    assert (await row(night))["why"] == "message"
    assert await night.count("select count(*) from voice_message where state = 'kept'") == 1
    assert night.carrier.recorded == {}


async def test_what_the_carrier_has_not_ready_yet_is_waited_for(night: Exchange) -> None:
    sid = await asked_to_speak(night)
    recording = night.carrier.record(sid, spoken(4), 4)
    night.carrier.unready.add(recording)
    await night.status(sid, "completed")
    settle = {"contact_id": str((await night.contact(sid)).id), "unsaid": "out_of_hours"}
    with pytest.raises(Later):
        await night.messages.settle(settle, night.calls)
    assert await night.count("select count(*) from voice_message") == 0

    night.carrier.unready.clear()
    await night.work(SETTLE)

    assert (await row(night))["message"]["length_s"] == 4
    assert night.carrier.recorded == {}


async def test_of_two_messages_the_one_nobody_has_heard_comes_first() -> None:
    first, second = ({"id": n, "state": MessageState.KEPT, "heard": False} for n in (1, 2))
    assert due([]) is None
    assert due([first, second]) == first
    assert due([first | {"heard": True}, second]) == second
    assert due([first | {"heard": True}, second | {"heard": True}]) == second | {"heard": True}


async def test_who_hangs_up_without_a_word_came_out_of_hours(night: Exchange) -> None:
    sid = await asked_to_speak(night)
    recording = night.carrier.record(sid, spoken(1), 1)
    await night.status(sid, "completed")
    await night.message_status(sid, RecordingSid=recording, RecordingDuration="1")
    await night.message_status(sid, RecordingSid="RE9", RecordingStatus="absent")
    await night.work(SETTLE)

    assert (await night.contact(sid)).outcome is Outcome.OUT_OF_HOURS
    assert await night.promises.shown(ANA, CallbackState.OPEN) == []
    assert night.carrier.recorded == {}, "a breath is deleted over there as well"


async def test_silence_at_night_ends_the_call(night: Exchange) -> None:
    sid = await asked_to_speak(night)
    document = await says(night, sid)
    assert document.plays == ["ru/ivr-message-empty", "ru/ivr-goodbye"]
    assert (await night.contact(sid)).outcome is Outcome.OUT_OF_HOURS


async def test_silence_by_day_leads_back_to_the_queue(db: Database, vault: Vault) -> None:
    day = Exchange(db, vault)
    waiting = await day.waiting()
    speaks = await day.hold_key(waiting, "8")
    assert "Record" in speaks.verbs
    assert await day.count("select count(*) from queue_entry") == 0
    assert (await day.hold(waiting)).verbs == speaks.verbs, "a request gone astray asks again"
    back = await says(day, waiting)
    assert back.holds
    assert await day.count("select count(*) from queue_entry") == 1
    await day.status(waiting, "completed")
    assert (await day.contact(waiting)).outcome is Outcome.ABANDONED


async def test_a_queue_that_closes_keeps_who_waited_and_only_them(
    db: Database, vault: Vault
) -> None:
    day = Exchange(db, vault)
    waited = await day.waiting()
    await day.hold_key(waited, "8")
    async with db.uow() as uow:
        by = {"until": None, "by": str(ANA.staff_id), "at": "2026-11-27T09:00:00+00:00"}
        await uow.execute(
            "insert into line_setting (kind, version, value, set_by) values"
            " ('queues', 1, $1, gen_random_uuid())",
            {"all": by | {"door": "closed"}},
        )
    day.line.forget()
    new = await asked_to_speak(day)

    assert (await says(day, waited)).holds
    assert (await says(day, new)).plays == ["ru/ivr-message-empty", "ru/ivr-goodbye"]
    assert (await day.contact(new)).outcome is Outcome.OUT_OF_HOURS


async def test_danger_gets_from_the_tone_to_a_person_and_is_not_called_unasked(
    night: Exchange,
) -> None:
    sid = await asked_to_speak(night)
    recording = night.carrier.record(sid, spoken(4), 4)

    document = await says(night, sid, recording, Digits="0")

    assert document.plays[0] == "ru/ivr-wait-danger"
    contact = await night.contact(sid)
    assert contact.danger
    assert await night.count("select count(*) from queue_entry where danger") == 1
    assert await night.count("select count(*) from callback where state = 'open'") == 0
    assert (await night.card(sid))["callback"] is None
    await night.work()
    assert await night.count("select count(*) from voice_message where state = 'kept'") == 1

    await night.status(sid, "completed")
    await night.work()

    assert (await night.contact(sid)).outcome is Outcome.ABANDONED
    waits = await row(night)
    assert (waits["danger"], waits["message"]["heard"]) == (True, False), "still to be heard"


async def test_a_message_is_not_lost_with_the_operator_who_came_too_late(night: Exchange) -> None:
    sid = await asked_to_speak(night)
    heard = """update contact set intake = intake || '{"recording": "heard"}' returning 1"""
    await night.count(heard)
    await says(night, sid, night.carrier.record(sid, spoken(4), 4), Digits="0")
    await night.work()
    await night.on_shift()
    await night.accept()
    assert (await night.contact(sid)).state is ContactState.RESERVED

    await night.status(sid, "completed")
    await night.work()

    assert (await night.contact(sid)).outcome is Outcome.ABANDONED
    waits = await row(night)
    assert (waits["danger"], waits["message"]["heard"]) == (True, False)
    async with night.db.uow() as uow:
        new = await night.contacts.get(uow, waits["contact_id"])
    assert recording_of(new.intake) is None, "whoever picks up next has heard no notice"


async def test_a_failing_carrier_is_asked_until_it_has_nothing_more(night: Exchange) -> None:
    sid = await asked_to_speak(night)
    recording = night.carrier.record(sid, spoken(4), 4)
    night.carrier.failures = [CarrierError("broken", permanent=False)]
    await says(night, sid, recording, Digits="#")

    assert await night.work() == ["CarrierError"]
    assert recording in night.carrier.recorded
    night.carrier.failures = []
    assert await night.again() == []
    assert night.carrier.recorded == {}

    undone = "update voice_message set deleted_at = null, at = now() - interval '1 day' returning 1"
    await night.count(undone)
    await night.messages.sweep()
    assert await night.work() == []
    assert await night.count("select count(*) from voice_message where deleted_at is null") == 0


async def test_a_recording_that_never_came_is_lost_and_the_person_is_not(night: Exchange) -> None:
    sid = await asked_to_speak(night)
    await says(night, sid, "RE" + "7" * 32, Digits="#")
    assert await night.work() == ["Later"]
    await night.count("update voice_message set at = now() - interval '1 day' returning 1")

    assert await night.again() == []

    found = await row(night)
    assert found["message"]["state"] == "lost"
    await night.promises.hurry(ANA, UUID(str(found["id"])))


async def test_a_message_reported_after_its_contact_ended_waits_all_the_same(
    night: Exchange,
) -> None:
    sid = await asked_to_speak(night)
    await night.status(sid, "completed")
    await night.work(SETTLE)
    before = await night.contact(sid)
    assert before.state is ContactState.CLOSED

    recordings = [night.carrier.record(sid, spoken(4), 4) for _ in range(2)]
    for recording in (*recordings, recordings[0]):
        await by_status(night, sid, recording)
        await night.work()
    await night.gathering.sweep()

    found = await row(night)
    assert (found["contact_id"] != before.id, found["masked"]) == (True, "+996 555 ··· ·56")
    assert (
        await night.count("select count(*) from voice_message where contact_id = $1", before.id)
        == 0
    )
    assert await night.listening.live_count({}, ANA) == {"n": 1}
    async with night.db.uow() as uow:
        contact = await night.contacts.get(uow, found["contact_id"])
        assert len((await night.listening.of(uow, [contact.id]))[contact.id]) == 2
    assert (contact.state, contact.language) == (ContactState.WAITING, before.language)


async def test_a_sound_is_shredded_in_time(night: Exchange) -> None:
    await left(night)
    await night.count("update voice_message set at = now() - interval '31 days' returning 1")

    assert await night.messages.sweep() == 1

    assert await night.count("select count(*) from blob_part") == 0
    assert await night.count("select count(*) from voice_message where state = 'shredded'") == 1
