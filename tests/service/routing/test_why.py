"""Why somebody waited: what ruled each operator out, when, and which relaxations fired."""

import math
from dataclasses import replace
from datetime import timedelta
from random import Random  # noqa: TID251 - hypothesis seeds it

import hypothesis
from hypothesis import strategies as st

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.contacts.model import Channel, Contact
from hotline.infra.crypto import Vault
from hotline.kernel.ids import ContactId, new_id
from hotline.review.waited import people_of, why_json
from hotline.routing import sealstore
from hotline.routing.explaining import Explaining
from hotline.routing.model import Presence
from hotline.routing.why import FREE, Why
from tests.builders import ANA, BORIS, VERA, an_actor
from tests.service.routing.floor import Floor
from tests.service.routing.test_any_order import STAFF, Shift

DINA = an_actor("dina", Role.SENIOR, languages=("uz",), skills=("wages",))
CHYN = an_actor("chyn", Role.OPERATOR, languages=("ru",), max_chats=1)
LOOKS = 5
# Every time there is.
_TIMES = {
    "operator_moment": ("at",),
    "queue_moment": ("at", "effective_at"),
    "offer": ("made_at", "deadline", "ended_at"),
    "assignment": ("since", "until"),
    "queue_entry": ("since", "effective_at", "relax_at", "wanted_until"),
    "operator_state": ("since", "idle_since"),
    "routing_wish": ("due_at",),
}
_BACK = ";".join(
    [
        "alter table queue_entry disable trigger queue_moment_changed",
        *(
            f"update {table} set "  # noqa: S608 - our own tables
            + ", ".join(f"{one} = {one} - interval '{LOOKS} seconds'" for one in columns)
            for table, columns in _TIMES.items()
        ),
        "alter table queue_entry enable trigger queue_moment_changed",
    ]
)


async def passes(floor: Floor, seconds: int) -> None:
    """So many seconds go by: every time there is moves back. The sweeps look every five."""
    for _ in range(seconds // LOOKS):
        async with floor.db.uow() as uow:
            await uow.execute(_BACK)
        await floor.routing.expire_due()
        await floor.routing.tend()


async def why(floor: Floor, contact_id: ContactId) -> Why:
    async with floor.db.reads() as uow:
        found = await Explaining(floor.db).why(uow, contact_id)
    assert found is not None
    for one in found.considered:
        assert math.isclose(sum(s.seconds for s in one.segments), found.waited_s, abs_tol=0.001)
    return found


def ruled_out(found: Why, actor: Actor) -> list[tuple[str, int]]:
    """What ruled them out, one after the other, in whole fives of seconds; slivers left out."""
    (one,) = [one for one in found.considered if one.staff_id == actor.staff_id]
    return [(s.what, fives(s.seconds)) for s in one.segments if fives(s.seconds)]


def fives(seconds: float) -> int:
    """A machine that is busy adds a second or two of its own."""
    return 5 * round(seconds / 5)


def lines(found: Why) -> list[str]:
    return [one.what for one in found.lines]


async def chat_in_hand(floor: Floor, actor: Actor, caller: str) -> Contact:
    await floor.arrives(caller, Channel.TELEGRAM)
    return await floor.in_hand(actor)


async def test_who_assigned_it_and_who_took_it_is_said(floor: Floor) -> None:
    for actor in (ANA, VERA):
        await floor.shifts.start(actor, "fake")
    contact = await floor.arrives("1", language="uz")
    await floor.picking.assign(VERA, contact.id, ANA.staff_id, new_id())
    await floor.routing.pass_(ANA, (await floor.the_offer(ANA)).id, "other")
    await floor.takes(VERA, contact)
    found = await why(floor, contact.id)
    assert [
        (one.what, one.staff_id, one.by, one.state)
        for one in found.lines
        if one.what not in {"came", "left"}
    ] == [
        ("assigned", ANA.staff_id, VERA.staff_id, "passed"),
        ("taken", VERA.staff_id, None, None),
    ]
    told = why_json(found, {ANA.staff_id: "Ana", VERA.staff_id: "Vera"})["lines"]
    assert VERA.staff_id in people_of(found)
    assert [(one["name"], one["by"]) for one in told if one["what"] == "assigned"] == [
        ("Ana", "Vera")
    ]


async def test_who_assigns_to_themselves_and_passes_has_not_taken_it(floor: Floor) -> None:
    await floor.shifts.start(VERA, "fake")
    contact = await floor.arrives("1", language="uz")
    await floor.picking.assign(VERA, contact.id, VERA.staff_id, new_id())
    await floor.routing.pass_(VERA, (await floor.the_offer(VERA)).id, "other")
    (line,) = [one for one in (await why(floor, contact.id)).lines if one.staff_id]
    assert (line.what, line.by, line.state) == ("assigned", VERA.staff_id, "passed")


async def test_what_is_asked_and_what_is_relaxed_says_who_could_not(floor: Floor) -> None:
    for actor in (replace(BORIS, skills=("ban",)), DINA, VERA):
        await floor.shifts.start(actor, "fake")
    contact = await floor.arrives("1", language="ky", topic="ban")
    await floor.routing.match()
    await passes(floor, 70)
    await floor.routing.pass_(BORIS, (await floor.the_offer(BORIS)).id, "language")
    await passes(floor, 60)
    await floor.routing.accept(DINA, (await floor.the_offer(DINA)).id)
    found = await why(floor, contact.id)
    assert ruled_out(found, BORIS) == [
        ("topic", 60),
        ("asked", 10),
        ("passed", 15),
        ("asked", 20),
        ("not_answering", 25),
    ]
    assert ruled_out(found, DINA) == [("language", 60), ("language", 60), ("asked", 10)]
    assert ruled_out(found, VERA) == [("topic", 60), ("topic", 60), ("reserve", 10)]
    assert [one.main for one in found.considered if one.staff_id == DINA.staff_id] == ["language"]
    assert lines(found) == [
        *("came", "relaxed", "offered", "offered", "relaxed", "offered", "left"),
    ]
    offered = [
        (one.staff_id, one.state, one.reason) for one in found.lines if one.what == "offered"
    ]
    assert offered == [
        (BORIS.staff_id, "passed", "language"),
        (BORIS.staff_id, "expired", None),
        (DINA.staff_id, "accepted", None),
    ]
    assert [one.asks["language"] for one in found.lines if one.asks] == ["ky:2", "ky:1", None]
    assert (fives(found.waited_s), found.waits, found.known) == (130, False, 3)


async def test_full_hands_and_those_who_are_away(floor: Floor) -> None:
    for actor in (ANA, BORIS, CHYN):
        await floor.shifts.start(actor, "fake")
    await floor.shifts.set(BORIS, Presence.BREAK, "meal")
    await floor.shifts.set(CHYN, Presence.BREAK, "short")
    call = await floor.arrives("0")
    await floor.in_hand(ANA)
    await floor.shifts.set(CHYN, Presence.AVAILABLE, None)
    await chat_in_hand(floor, CHYN, "1")
    waits, chat = await floor.arrives("2"), await floor.arrives("3", Channel.TELEGRAM)
    await floor.routing.match()
    await passes(floor, 10)
    await floor.shifts.set(CHYN, Presence.BREAK, "meeting")
    await floor.shifts.end(BORIS)
    await passes(floor, 5)
    async with floor.db.uow() as uow:
        await floor.routing.written_up(uow, call.id)
    await floor.routing.match()
    await floor.shifts.unreachable([ANA.staff_id])
    await passes(floor, 20)
    of_call, of_chat = await why(floor, waits.id), await why(floor, chat.id)
    assert ruled_out(of_call, ANA) == [("call_in_hand", 15), ("unreachable", 20)]
    assert ruled_out(of_call, BORIS) == [("break", 10), ("off_shift", 25)]
    assert ruled_out(of_call, CHYN) == [("chats_in_hand", 10), ("break_after", 25)]
    assert ruled_out(of_chat, CHYN) == [("chats_full", 10), ("break_after", 25)]
    assert lines(of_call) == ["came", "offered"]
    (boris,) = [one for one in of_call.considered if one.staff_id == BORIS.staff_id]
    assert list(boris.totals) == [("off_shift", None), ("break", "meal")]
    assert boris.main == "off_shift"


async def test_those_before_and_whom_it_is_kept_for(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await chat_in_hand(floor, ANA, "0")
    first, chat = await floor.arrives("1"), await floor.arrives("2", Channel.TELEGRAM)
    kept = await floor.arrives("3")
    await floor.shifts.start(BORIS, "fake")
    await floor.shifts.set(BORIS, Presence.BREAK, "meal")
    async with floor.db.uow() as uow:
        await sealstore.want(uow, kept.id, BORIS.staff_id, timedelta(seconds=20))
    await floor.routing.match()
    await passes(floor, 20)
    await floor.shifts.set(BORIS, Presence.AVAILABLE, None)
    await floor.routing.match()
    await passes(floor, 10)
    of_chat, of_kept = await why(floor, chat.id), await why(floor, kept.id)
    # Chats in hand and room for one more, kept free for the call until somebody is asked for it.
    assert ruled_out(of_chat, ANA) == [("call_first", 20), ("asked", 10)]
    assert ruled_out(of_chat, BORIS) == [("off_shift", 0), ("break", 20), ("asked_other", 10)][1:]
    (boris,) = [one for one in of_chat.considered if one.staff_id == BORIS.staff_id]
    (before,) = [one for one in boris.segments if one.what == "longer_first"]
    assert before.detail == str(first.id)
    assert ruled_out(of_kept, BORIS) == [("break", 20), ("asked_other", 10)]
    assert ruled_out(of_kept, ANA) == [("chats_in_hand", 20), ("asked_other", 10)]
    assert lines(of_kept) == ["came", "kept", "kept_no_more"]


async def test_who_comes_twice_is_explained_for_both_and_danger_is_said(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives("1", language="ky")
    await floor.in_hand(ANA)
    await floor.shifts.set(ANA, Presence.BREAK, "meal")
    await passes(floor, 30)
    await floor.lost(contact)
    await floor.again(contact)
    await passes(floor, 10)
    async with floor.db.uow() as uow:
        current = await floor.contacts.get(uow, contact.id, lock=True)
        current = await floor.contacts.set_intake(uow, current, {}, danger=True)
        await floor.routing.enqueue(uow, current)
    await passes(floor, 5)
    found = await why(floor, contact.id)
    assert [one for one in lines(found) if one != "ahead"] == [
        *("came", "offered", "left", "came", "danger"),
    ]
    assert fives(found.waited_s) == 15
    assert ruled_out(found, ANA) == [("break", 15)]
    async with floor.db.reads() as uow:
        assert await Explaining(floor.db).why(uow, new_id()) is None


async def test_a_match_leaves_no_moment_and_old_ones_go(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives("1")
    count = "select (select count(*) from operator_moment) + (select count(*) from queue_moment)"
    async with floor.db.uow() as uow:
        before = await uow.fetchval(count)
    assert await floor.routing.match() == 1
    explaining = Explaining(floor.db)
    assert await explaining.forget() == 0
    assert await explaining.forget(timedelta(0)) == before == 2


ACTS = {
    "arrives": 6,
    "accept": 12,
    "finish": 3,
    "pass": 1,
    "leave": 1,
    "lose": 1,
    "keep": 1,
    "break": 1,
    "back": 8,
}


def a_day(floor: Shift, chance: Random, acts: int) -> None:
    """One thing after the other, with time between; then every wait is looked back on."""
    for _ in range(acts):
        (kind,) = chance.choices(list(ACTS), list(ACTS.values()))
        act = {
            "kind": kind,
            "who": chance.randrange(len(STAFF)),
            "which": chance.randrange(1000),
            "channel": chance.choice((Channel.VOICE, Channel.TELEGRAM, Channel.TELEGRAM)),
            "language": chance.choice(("ky", "ru", "ru", "uz")),
            "topic": chance.choice((None, None, "wages", "ban")),
            "priority": chance.choice((0, 0, 300)),
            "danger": chance.random() < 0.1,
            "senior": chance.random() < 0.1,
        }
        floor.at_once([act])
        floor.runner.run(passes(floor.floor, chance.choice((0, 5, 5, 15))))
    for one in floor.known:
        for seen in floor.runner.run(why(floor.floor, one)).considered:
            assert [s for s in seen.segments if s.what == FREE] == [], (one, seen.staff_id)


@hypothesis.given(chance=st.randoms(use_true_random=True))
@hypothesis.settings(max_examples=2)
def test_nobody_was_free_and_could_have_been_asked(
    schema: str, vault: Vault, chance: Random
) -> None:
    """Whatever happened, each second of each operator is explained by a rule."""
    floor = Shift(schema, vault)
    try:
        a_day(floor, chance, 50)
    finally:
        floor.teardown()
