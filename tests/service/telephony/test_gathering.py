"""Who tries three times is one person: one row with three tries, one call."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from typing_extensions import override

from hotline.callbacks.model import CallbackState
from hotline.contacts.model import ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.builders import ANA, BORIS
from tests.service.telephony.document import Document
from tests.service.telephony.exchange import SHUT, Exchange
from tests.service.telephony.test_agreed import agreed, now, wrapping_up
from tests.service.telephony.test_callbacks import asked, called, calls_out
from tests.service.telephony.test_messages import left
from tests.service.telephony.test_missedcalls import beep

Json = dict[str, Any]


class Alone(Exchange):
    """Whoever calls is the same person, and is asked everything each time."""

    @override
    async def incoming(self, sid: str, key: str | None = None, **more: str) -> Document:
        async with self.db.uow() as uow:
            await uow.execute("update caller set language = null")
        return await super().incoming(sid, key, **{n: v for n, v in more.items() if n != "From"})


@pytest.fixture
def exchange(db: Database, vault: Vault) -> Exchange:
    return Alone(db, vault)


async def rows(exchange: Exchange, state: CallbackState = CallbackState.OPEN) -> list[Json]:
    return await exchange.promises.shown(ANA, state)


async def gather(exchange: Exchange) -> int:
    gone = await exchange.gathering.sweep()
    await exchange.work()
    return gone


async def test_three_tries_by_one_number_are_one_row_and_one_call(exchange: Exchange) -> None:
    """MISS-2."""
    first = await asked(exchange)
    since = (await exchange.contact(first)).waiting_since
    await beep(exchange)
    second = await asked(exchange)

    assert await gather(exchange) == 1
    assert await gather(exchange) == 0

    (row,) = await rows(exchange)
    newest = await exchange.contact(second)
    assert (row["tries"], row["contact_id"]) == (3, newest.id)
    assert (row["tried_as"], row["tried_at"]) == (None, row["asked_at"]), "the last of them"
    assert newest.waiting_since == since, "whoever waited for longer does not begin anew"
    old = await exchange.contact(first)
    assert (old.state, old.outcome) == (ContactState.CLOSED, Outcome.CAME_AGAIN)
    assert await exchange.count("select count(*) from queue_entry") == 1
    await called(exchange, second)
    assert len(calls_out(exchange)) == 1


async def test_what_was_learned_of_the_older_goes_along(exchange: Exchange) -> None:
    first = await exchange.waiting()
    await exchange.hold_key(first, "0")
    await exchange.hold_key(first, "9")
    await exchange.status(first, "completed")
    await exchange.work()
    second = await asked(exchange)

    assert await gather(exchange) == 1

    assert (await exchange.contact(second)).danger
    assert await exchange.count("select count(*) from queue_entry where danger") == 1


async def test_who_hangs_up_meanwhile_has_tried_once_more(exchange: Exchange) -> None:
    await asked(exchange)
    caller = await exchange.waiting()
    await exchange.status(caller, "completed")
    await exchange.work()

    (row,) = await rows(exchange)
    assert (row["tries"], row["tried_as"]) == (2, Outcome.ABANDONED)
    await exchange.gathering.tried((await exchange.contact(caller)).id)
    assert (await rows(exchange))[0]["tries"] == 2, "the same try twice is one"


async def test_a_later_talk_clears_the_row(exchange: Exchange) -> None:
    """MISS-3."""
    before = await asked(exchange)
    (row,) = await rows(exchange)
    await exchange.promises.put_off(ANA, row["id"], await now(exchange) + timedelta(hours=1))
    await exchange.talking()
    await exchange.work()

    assert await rows(exchange) == []
    (row,) = await rows(exchange, CallbackState.DONE)
    assert (await exchange.contact(before)).outcome is Outcome.CAME_AGAIN
    assert row["contact_id"] == (await exchange.contact(before)).id


async def test_messages_of_one_caller_are_one_row_and_all_of_them_are_heard(
    db: Database, vault: Vault
) -> None:
    night = Alone(db, vault, hours=SHUT)
    await left(night)
    second, _ = await left(night)

    assert await gather(night) == 1

    (row,) = await rows(night)
    contact = await night.contact(second)
    assert (row["tries"], row["contact_id"]) == (2, contact.id)
    async with night.db.uow() as uow:
        messages = (await night.listening.of(uow, [contact.id]))[contact.id]
    assert len(messages) == 2
    assert row["message"]["id"] == messages[0]["id"]
    await night.listening.ticket(ANA, UUID(str(messages[0]["id"])))
    assert (await rows(night))[0]["message"]["id"] == messages[1]["id"]


async def test_who_has_not_spoken_yet_takes_nothing_over(exchange: Exchange) -> None:
    await asked(exchange)
    speaks = await exchange.waiting()
    await exchange.hold_key(speaks, "8")

    assert await gather(exchange) == 0

    assert len(await rows(exchange)) == 1


async def test_an_agreed_time_is_a_promise_of_its_own(exchange: Exchange) -> None:
    made = await agreed(exchange, await wrapping_up(exchange))
    await asked(exchange)

    assert await gather(exchange) == 0

    assert made["id"] in {row["id"] for row in await rows(exchange)}
    assert len(await rows(exchange)) == 2


async def test_nobody_is_rung_for_one_promise_while_they_are_rung_for_another(
    exchange: Exchange,
) -> None:
    first = await asked(exchange)
    await called(exchange, first)
    second = await asked(exchange)
    assert await gather(exchange) == 0, "the first is in an operator's hands"
    await exchange.on_shift(BORIS)
    await exchange.accept(BORIS)
    operator = await exchange.operator_leg(second)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, await exchange.room(second))
    await exchange.work()

    assert len(calls_out(exchange)) == 1
