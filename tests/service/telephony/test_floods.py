"""Many calls from where they should not come: who is taken, who is not, who is asked first."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

import pytest

from hotline.carrier.capabilities import Dialect
from hotline.contacts.model import ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.telephony.crowds import Caps
from tests.service.telephony.document import Document
from tests.service.telephony.exchange import Exchange

CAPS = Caps(per_number=2, per_prefix=3, per_hidden=4, danger_per_number=1, danger_per_prefix=2)
FLOOD = "+99655510{:04d}"
CLEAN = "+996700100{:03d}"
REFUSED, TAKEN = "ky/ivr-elsewhere", "ky/ivr-welcome"
FLOODS = "select count(*) from line_flood where mode = 'flood' and until > now()"


class Flooded(Exchange):
    caps = CAPS


@pytest.fixture(params=["twilio", "somleng"])
def exchange(request: pytest.FixtureRequest, db: Database, vault: Vault) -> Exchange:
    dialect: Dialect = request.param
    return Flooded(db, vault, dialect)


@pytest.fixture
def call(exchange: Exchange) -> Callable[[str], Awaitable[tuple[str, Document]]]:
    numbers = count(1)

    async def call(number: str) -> tuple[str, Document]:
        sid = f"CAF{next(numbers)}"
        return sid, await exchange.incoming(sid, From=number)

    return call


Call = Callable[[str], Awaitable[tuple[str, Document]]]


async def flood(call: Call) -> list[str]:
    """As many from one prefix as are taken, and one more."""
    return [(await call(FLOOD.format(n)))[0] for n in range(CAPS.per_prefix + 1)]


async def waits(exchange: Exchange, sid: str, *digits: str) -> None:
    document = await exchange.incoming(sid)
    for digit in digits:
        document = await exchange.step(sid, digit, document.turn)
    assert document.holds


async def order(exchange: Exchange) -> list[str]:
    async with exchange.db.uow() as uow:
        rows = await uow.fetch(
            "select l.sid from queue_entry q join call_leg l using (contact_id)"
            " order by q.effective_at, q.contact_id"
        )
    return [row["sid"] for row in rows]


async def test_a_number_has_so_many_calls_at_once_and_no_more_until_one_ends(
    exchange: Exchange, call: Call
) -> None:
    number = FLOOD.format(1)
    first, heard = await call(number)
    assert heard.plays[0] == TAKEN
    assert (await call(number))[1].plays[0] == TAKEN
    assert (await call(number))[1].plays[0] == REFUSED
    assert await exchange.count(FLOODS) == 0, "one number is no flood of its prefix"

    await exchange.status(first, "completed")

    assert (await call(number))[1].plays[0] == TAKEN


@pytest.mark.parametrize(
    ("numbers", "cap"),
    [([FLOOD.format(n) for n in range(9)], CAPS.per_prefix), (["anonymous"] * 9, CAPS.per_hidden)],
    ids=["prefix", "hidden"],
)
async def test_beyond_the_cap_of_a_prefix_callers_hear_how_else_to_reach_help(
    exchange: Exchange, call: Call, numbers: list[str], cap: int
) -> None:
    heard = [(await call(number))[1] for number in numbers]

    assert [one.plays[0] for one in heard] == [TAKEN] * cap + [REFUSED] * (9 - cap)
    assert "ky/ivr-emergency" in heard[-1].plays
    ended = await exchange.step("CAF9", "", heard[-1].turn)
    assert ended.verbs[-1] == "Hangup"
    assert (await exchange.contact("CAF9")).outcome is Outcome.REJECTED
    assert await exchange.count(FLOODS) == 1
    assert (await call(CLEAN.format(1)))[1].plays[0] == TAKEN
    flooded = [n for n in numbers if n != "anonymous"]
    kept = await exchange.count("select count(*) from line_flood where prefix = '+9965551'")
    assert kept == bool(flooded)


async def test_calls_of_the_same_moment_are_counted_one_by_one(
    exchange: Exchange, call: Call
) -> None:
    for numbers, cap in (
        ([CLEAN.format(1)] * 6, CAPS.per_number),
        ([FLOOD.format(n) for n in range(12)], CAPS.per_prefix),
        (["anonymous"] * 12, CAPS.per_hidden),
    ):
        heard = await asyncio.gather(*(call(number) for number in numbers))
        first = [one.plays[0] for _, one in heard]
        assert (first.count(TAKEN), first.count(REFUSED)) == (cap, len(numbers) - cap)
    assert await exchange.count(FLOODS) == 2


async def test_danger_gets_through_a_flood_up_to_its_own_cap(
    exchange: Exchange, call: Call
) -> None:
    await flood(call)
    pressed = []
    for n in range(20, 23):
        sid, heard = await call(FLOOD.format(n))
        pressed.append((sid, await exchange.step(sid, "0", heard.turn)))

    assert [one.holds for _, one in pressed] == [True, True, False]
    last, told = pressed[-1]
    assert told.plays[0] == REFUSED, "they hear it again, and may press again"
    assert (await exchange.contact(last)).state is ContactState.INTAKE

    await exchange.status(pressed[0][0], "completed")
    assert (await exchange.step(last, "0", told.turn)).holds
    contact = await exchange.contact(last)
    assert (contact.state, contact.danger) == (ContactState.WAITING, True)


async def test_those_in_danger_who_press_at_once_are_counted_one_by_one(
    exchange: Exchange, call: Call
) -> None:
    await flood(call)
    calls = [await call(FLOOD.format(n)) for n in range(20, 26)]

    heard = await asyncio.gather(*(exchange.step(sid, "0", one.turn) for sid, one in calls))

    assert sum(one.holds for one in heard) == CAPS.danger_per_prefix


async def test_who_is_in_no_flood_is_asked_first_and_danger_before_all(
    exchange: Exchange, call: Call
) -> None:
    early, *_ = await flood(call)
    await exchange.work()
    await waits(exchange, early, "2", "1")
    clean, _ = await call(CLEAN.format(1))
    await waits(exchange, clean, "2", "1")
    danger, heard = await call(FLOOD.format(30))
    await exchange.step(danger, "0", heard.turn)

    assert await order(exchange) == [danger, clean, early]

    await exchange.hold_key(early, "0")
    assert (await order(exchange))[-1] == clean, "danger is never set back"


async def test_who_waits_when_the_flood_is_seen_is_set_back_once_and_comes_back_by_a_word(
    exchange: Exchange, call: Call
) -> None:
    early, _ = await call(FLOOD.format(90))
    await waits(exchange, early, "2", "1")
    clean, _ = await call(CLEAN.format(1))
    await waits(exchange, clean, "2", "1")
    assert await order(exchange) == [early, clean]

    await flood(call)
    await exchange.work()
    assert await order(exchange) == [clean, early]

    async with exchange.db.uow() as uow:
        await exchange.routing.set_back(uow, [(await exchange.contact(early)).id], behind=True)
        await uow.execute("update line_flood set mode = 'open', set_by = gen_random_uuid()")
        await exchange.routing.set_back(uow, [(await exchange.contact(early)).id], behind=False)
    exchange.line.forget()
    assert await order(exchange) == [early, clean]
    for n in range(40, 44):
        assert (await call(FLOOD.format(n)))[1].plays[0] == TAKEN, "a person can always overrule"


async def test_in_a_flood_who_never_pressed_a_key_is_asked_for_one_and_then_let_go(
    exchange: Exchange, call: Call
) -> None:
    silent, document = await call(CLEAN.format(1))
    spoken, other = await call(CLEAN.format(2))
    for sid, heard in ((silent, document), (spoken, other)):
        while not heard.holds:
            heard = await exchange.step(sid, "", heard.turn)  # noqa: PLW2901 - the next question
    turn = CAPS.silent_turns + 1
    assert "ru/ivr-still-there" not in (await exchange.hold(silent, turn)).plays
    await flood(call)

    for sid in (silent, silent, spoken):  # the carrier may ask for a turn twice
        asked = (await exchange.hold(sid, turn)).plays
        assert asked[:2] == ["ky/ivr-still-there", "ru/ivr-still-there"]
    await exchange.hold_key(spoken, "5")
    ended = await exchange.hold(silent, turn + 1)

    assert (ended.plays, ended.verbs[-1]) == (["ru/ivr-goodbye"], "Hangup")
    contact = await exchange.contact(silent)
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.SILENT)
    assert (await exchange.hold(spoken, turn + 1)).holds
    assert (await exchange.contact(spoken)).state is ContactState.WAITING
