"""Who tries three times is one person: one row with three tries, one call."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from typing_extensions import override

from hotline.callbacks.agreeing import Wish
from hotline.callbacks.model import CallbackState
from hotline.contacts.model import ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict
from tests.builders import ANA, BORIS
from tests.service.telephony.document import Document
from tests.service.telephony.exchange import SHUT, Exchange
from tests.service.telephony.test_agreed import BOSS, agreed, now, wrapping_up
from tests.service.telephony.test_callbacks import asked, called, calls_out
from tests.service.telephony.test_messages import left, says, spoken
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


async def speaks(exchange: Exchange) -> str:
    """Somebody leaves a message instead of waiting."""
    sid = await exchange.waiting()
    await exchange.hold_key(sid, "8")
    await says(exchange, sid, exchange.carrier.record(sid, spoken(4), 4), Digits="#")
    await exchange.status(sid, "completed")
    await exchange.work()
    return sid


async def hears(exchange: Exchange) -> None:
    """Ana listens to the message of the only row."""
    (row,) = await rows(exchange)
    await exchange.listening.ticket(ANA, UUID(str(row["message"]["id"])))


async def test_a_message_takes_nobody_out_of_the_queue_and_is_heard_before_the_call(
    exchange: Exchange,
) -> None:
    first = await exchange.waiting()
    await exchange.hold_key(first, "0")
    await exchange.hold_key(first, "9")
    await exchange.status(first, "completed")
    await exchange.work()
    since = (await exchange.contact(first)).waiting_since
    second = await speaks(exchange)

    assert await gather(exchange) == 1

    newest = await exchange.contact(second)
    (row,) = await rows(exchange)
    assert (row["contact_id"], row["danger"], row["why"]) == (newest.id, True, "waiting")
    assert newest.waiting_since == since
    assert await exchange.count("select count(*) from queue_entry where danger") == 1

    await exchange.on_shift()
    await exchange.accept()
    operator = await exchange.operator_leg(second)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, await exchange.room(second))
    await exchange.work()
    assert calls_out(exchange) == [], "nobody is rung before somebody has listened"
    assert (await exchange.card(second))["callback"]["asks_first"]
    with pytest.raises(Conflict, match="message-unheard"):
        await exchange.calls.call_back(ANA, newest.id)
    await hears(exchange)
    await exchange.calls.call_back(ANA, newest.id)
    await exchange.work()
    assert len(calls_out(exchange)) == 1


async def test_who_talked_meanwhile_is_not_rung_by_who_has_the_promise_in_hand(
    exchange: Exchange,
) -> None:
    first = await asked(exchange)
    await exchange.on_shift()
    await exchange.accept()
    await exchange.talking(BORIS)
    await exchange.work()
    assert len(await rows(exchange)) == 1, "it is in Ana's hands"

    operator = await exchange.operator_leg(first)
    await exchange.operator(operator.sid, rung=True)
    await exchange.joins(operator.sid, await exchange.room(first))
    await exchange.work()
    assert await gather(exchange) == 1

    assert calls_out(exchange) == []
    assert (await exchange.contact(first)).outcome is Outcome.CAME_AGAIN
    assert len(await rows(exchange, CallbackState.DONE)) == 1


async def test_after_a_talk_a_message_nobody_has_heard_waits_for_that_and_no_call(
    exchange: Exchange,
) -> None:
    spoke = await speaks(exchange)
    caller = await exchange.waiting()
    await asked(exchange)
    assert await gather(exchange) == 1
    (row,) = await rows(exchange)
    async with exchange.db.uow() as uow:
        newest = await exchange.contacts.get(uow, row["contact_id"])
    before = (await exchange.contact(spoke)).waiting_since
    assert row["why"] == "waiting"
    assert newest.waiting_since is not None
    assert before is not None
    assert newest.waiting_since > before, "a message waited in no queue"

    await exchange.on_shift()
    await exchange.accept()
    await exchange.join(caller)

    (row,) = await rows(exchange)
    assert (row["why"], row["message"]["heard"]) == ("message", False)
    assert await exchange.count("select count(*) from queue_entry") == 0
    await hears(exchange)
    await exchange.promises.hurry(ANA, row["id"])
    assert await gather(exchange) == 0, "who has listened decides"


async def test_only_a_talk_on_the_telephone_settles_what_was_asked_for_on_it(
    exchange: Exchange,
) -> None:
    await asked(exchange)
    other = (await exchange.contact(await exchange.waiting())).id
    talks = (
        "update contact set state = 'talking', talking_since = now(), channel = $2 where id = $1"
    )

    for channel, left_over in (("sms", 1), ("voice", 0)):
        await exchange.count(talks + " returning 1", other, channel)
        await exchange.gathering.came_through(other)
        assert len(await rows(exchange)) == left_over


async def test_an_unheard_message_of_what_was_not_kept_is_lost_by_no_decision(
    exchange: Exchange,
) -> None:
    await speaks(exchange)
    row = await lapsed(exchange)
    with pytest.raises(Conflict, match="message-unheard"):
        await exchange.agreements.give_up(BOSS, row["id"], "other")
    talks = await exchange.contact(await exchange.waiting())
    await exchange.count(
        "update contact set talking_since = now() where id = $1 returning 1", talks.id
    )
    await exchange.gathering.came_through(talks.id)
    (row,) = await rows(exchange, CallbackState.UNDECIDED)

    await exchange.agreements.again(BOSS, row["id"], Wish(await now(exchange) + timedelta(hours=1)))
    (row,) = await rows(exchange)
    assert (row["why"], row["message"]["heard"]) == ("agreed", False)

    await lapsed(exchange)
    await asked(exchange)
    assert await gather(exchange) == 1
    (row,) = await rows(exchange)
    assert (row["why"], row["message"]["heard"]) == ("waiting", False)


async def lapsed(exchange: Exchange) -> Json:
    """Nobody cared for what is open; it is to be decided."""
    await exchange.count("update callback set expires_at = now() where state = 'open' returning 1")
    await exchange.callbacks.sweep(exchange.calls)
    await exchange.work()
    (row,) = await rows(exchange, CallbackState.UNDECIDED)
    return row


async def test_asking_again_leads_nobody_out_of_the_flood_they_are_in(exchange: Exchange) -> None:
    for _ in range(2):
        await asked(exchange)
    await exchange.count("update queue_entry set behind = true returning 1")

    assert await gather(exchange) == 1

    assert await exchange.count("select count(*) from queue_entry where behind") == 1
