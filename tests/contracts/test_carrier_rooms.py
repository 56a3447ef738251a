"""Rooms of every carrier that has them: who is held, muted, whispered to, taken out."""

import pytest

from hotline.carrier.ports import CarrierError, Wish
from tests.contracts.carriers import STATUS, URL, Line


@pytest.fixture
def rooms(line: Line) -> Line:
    """A carrier with rooms."""
    if line.world is not None and not line.world.carrier.desk.dialect.conferences:
        pytest.skip("this carrier has no rooms")
    return line


async def test_people_in_a_room_are_held_muted_and_whispered_to(rooms: Line) -> None:
    caller, operator = await rooms.enter("c-three"), await rooms.enter("c-three")
    supervisor = await rooms.enter("c-three")
    hold = Wish(held=True, hold_url=URL)
    whisper = Wish(coaches=operator)

    for _ in range(2):  # asking twice changes nothing
        await rooms.carrier.tune("c-three", caller, hold)
        await rooms.carrier.tune("c-three", operator, Wish(muted=True))
        await rooms.carrier.tune("c-three", supervisor, whisper)
        assert rooms.inside("c-three") == {
            caller: (True, False, None),
            operator: (False, True, None),
            supervisor: (False, False, operator),
        }

    for one in (caller, operator, supervisor):
        await rooms.carrier.tune("c-three", one, Wish())
    assert set(rooms.inside("c-three").values()) == {(False, False, None)}


async def test_who_is_not_in_a_room_is_gone_for_tuning_and_may_be_removed(rooms: Line) -> None:
    stays, leaves = await rooms.enter("c-two"), await rooms.enter("c-two")

    await rooms.carrier.remove("c-two", leaves)
    await rooms.ended(leaves)
    await rooms.carrier.remove("c-two", leaves)
    await rooms.carrier.remove("c-never-was", stays)

    assert list(rooms.inside("c-two")) == [stays]
    for room, sid in (("c-two", leaves), ("c-never-was", stays)):
        with pytest.raises(CarrierError) as gone:
            await rooms.carrier.tune(room, sid, Wish(muted=True))
        assert gone.value.gone


async def test_a_room_is_ended_by_its_name_and_no_room_is_no_error(rooms: Line) -> None:
    line = rooms
    await line.open_room("c-quiet")
    assert line.has_room("c-quiet")

    await line.carrier.end_conference("c-quiet")
    await line.carrier.end_conference("c-quiet")
    await line.carrier.end_conference("c-never-was")

    assert not line.has_room("c-quiet")


async def test_a_talk_is_recorded_paused_and_ended_apart_from_messages(
    rooms: Line,
) -> None:
    leg = await rooms.live_call()
    begun = await rooms.carrier.begin_recording(leg, STATUS)
    assert begun.going

    await rooms.carrier.steer_recording(leg, begun.sid, "paused")
    (paused,) = await rooms.carrier.talk_recordings(leg)
    assert (paused.sid, paused.status) == (begun.sid, "paused")
    assert await rooms.carrier.recordings(leg) == []
    await rooms.carrier.steer_recording(leg, begun.sid, "in-progress")
    await rooms.carrier.steer_recording(leg, begun.sid, "stopped")

    (ended,) = await rooms.carrier.talk_recordings(leg)
    assert not ended.going
    with pytest.raises(CarrierError) as refused:
        await rooms.carrier.steer_recording(leg, begun.sid, "paused")
    assert refused.value.gone
