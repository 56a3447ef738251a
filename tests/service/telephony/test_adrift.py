"""Calls that the carrier took to its fallback document while we were away: left where they are."""

from datetime import timedelta

import pytest

from hotline.carrier.capabilities import Dialect
from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.telephony.errands import NO_JOIN
from tests.builders import ANA
from tests.service.telephony.exchange import Exchange

OFFERS = "select count(*) from offer where state in ('pending', 'accepted')"
EVENTS = "select kind, fields ->> 'why' as why from contact_event order by id"


@pytest.fixture(params=["twilio", "somleng"])
def exchange(request: pytest.FixtureRequest, db: Database, vault: Vault) -> Exchange:
    dialect: Dialect = request.param
    return Exchange(db, vault, dialect)


async def silent(exchange: Exchange, *, turns: float) -> None:
    ago = timedelta(seconds=exchange.documents.capabilities.two_turns_s * turns)
    async with exchange.db.uow() as uow:
        await uow.execute("update call_leg set last_seen_at = now() - $1::interval", ago)


async def test_who_asks_for_no_turn_is_offered_to_nobody_until_they_do(exchange: Exchange) -> None:
    first = await exchange.waiting()
    second = await exchange.waiting()
    since = (await exchange.contact(first)).waiting_since
    await silent(exchange, turns=1.1)
    await exchange.hold(second)

    await exchange.on_shift()

    offered = "select l.sid from offer o join call_leg l using (contact_id)"
    async with exchange.db.uow() as uow:
        assert await uow.fetchval(offered) == second
    assert (await exchange.contact(first)).state is ContactState.WAITING
    assert await exchange.count("select count(*) from queue_entry") == 1

    assert (await exchange.hold(first)).holds
    await exchange.work()

    assert await exchange.count("select count(*) from queue_entry") == 2
    assert (await exchange.contact(first)).waiting_since == since
    async with exchange.db.uow() as uow:
        waits = await uow.fetchval("select contact_id from queue_entry order by effective_at")
    assert waits == (await exchange.contact(first)).id, "they keep their place"


async def test_who_is_to_be_called_back_keeps_the_place_when_their_end_comes_late(
    exchange: Exchange,
) -> None:
    sid = await exchange.waiting()
    await exchange.hold_key(sid, "9")
    await silent(exchange, turns=1.1)
    await exchange.on_shift()
    assert await exchange.count("select count(*) from queue_entry") == 0

    await exchange.status(sid, "completed")
    await exchange.work()

    assert (await exchange.contact(sid)).state is ContactState.WAITING
    assert await exchange.count("select count(*) from queue_entry") == 1


async def test_asking_the_carrier_about_a_call_is_no_sign_of_life(exchange: Exchange) -> None:
    await exchange.waiting()
    await silent(exchange, turns=1.1)
    assert await exchange.lines.reconcile() == 0

    await exchange.on_shift()

    assert await exchange.count(OFFERS) == 0


async def test_who_is_slow_by_a_turn_is_offered(exchange: Exchange) -> None:
    await exchange.waiting()
    await silent(exchange, turns=0.8)

    await exchange.on_shift()

    assert await exchange.count(OFFERS) == 1


async def test_who_has_gone_since_the_offer_is_not_pulled_out_of_their_talk(
    db: Database, vault: Vault
) -> None:
    exchange = Exchange(db, vault)
    caller, room = await exchange.accepted()
    operator = await exchange.operator_leg(caller)
    await exchange.operator(operator.sid, ANA, rung=True)
    await silent(exchange, turns=1.1)

    await exchange.joins(operator.sid, room)
    await exchange.work(NO_JOIN)

    assert exchange.carrier.calls[caller].url == "", "no redirect"
    assert (await exchange.contact(caller)).state is ContactState.WAITING
    assert await exchange.count("select count(*) from queue_entry") == 0
    assert exchange.carrier.calls[operator.sid].status == "completed"
    async with db.uow() as uow:
        rows = await uow.fetch(EVENTS)
    assert ("requeued", "adrift") in {(row["kind"], row["why"]) for row in rows}

    await exchange.hold(caller)
    await exchange.work()
    assert await exchange.count("select count(*) from offer where state = 'pending'") == 1


async def test_who_was_in_a_long_talk_is_not_taken_for_lost(db: Database, vault: Vault) -> None:
    exchange = Exchange(db, vault)
    caller, operator, _ = await exchange.talking()
    await silent(exchange, turns=50)

    await exchange.status(operator, "completed")
    await exchange.work("voice.grace")

    assert "/voice/hold" in exchange.carrier.calls[caller].url
    assert await exchange.count("select count(*) from queue_entry") == 1


async def test_a_turn_of_the_hold_loop_is_one_statement(
    db: Database, vault: Vault, schema: str
) -> None:
    caller = await Exchange(db, vault).waiting()
    narrow = Database(schema, pool_size=1)
    asked: list[str] = []
    async with narrow.reads() as uow:
        await uow.time()
        uow._raw.add_query_logger(lambda one: asked.append(one.query))
    turn = Exchange(narrow, vault).hold

    await turn(caller)
    await silent(Exchange(db, vault), turns=0.5)
    await turn(caller)
    await narrow.close()

    assert len(asked) == 2, asked
    alive = "select count(*) from call_leg where last_seen_at > now() - interval '9 s'"
    assert await Exchange(db, vault).count(alive) == 1
