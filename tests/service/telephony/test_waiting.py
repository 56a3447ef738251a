"""What a waiting caller is told, and how we know that they are still there, on every carrier."""

from datetime import timedelta
from typing import Any

import pytest

from hotline.carrier.capabilities import Dialect
from hotline.contacts.model import ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.languages import Lang
from hotline.routing.waits import FEWEST
from hotline.telephony.model import Timing
from tests.builders import a_contact
from tests.service.telephony.exchange import Exchange

PLACE_TURN = Timing().announce_every
TOPIC_TURN = PLACE_TURN // 2


@pytest.fixture(params=["twilio", "signalwire", "somleng"])
def exchange(request: pytest.FixtureRequest, db: Database, vault: Vault) -> Exchange:
    dialect: Dialect = request.param
    return Exchange(db, vault, dialect)


async def answered(
    exchange: Exchange, count: int, *, waited_s: int, ago_s: int = 60, language: Lang = "ru"
) -> None:
    """So many callers were answered a while ago, after so long a wait."""
    async with exchange.db.uow() as uow:
        for number in range(count):
            contact = await a_contact(
                uow, exchange.contacts, caller=f"+9967000000{number}", language=language
            )
            await uow.execute(
                """
                update contact set state = 'closed',
                  talking_since = now() - make_interval(secs => $2),
                  waiting_since = now() - make_interval(secs => $2 + $3)
                where id = $1
                """,
                contact.id,
                ago_s,
                waited_s,
            )


async def said(exchange: Exchange, sid: str, turn: int) -> list[str]:
    plays = (await exchange.hold(sid, turn)).plays
    assert plays[-1].startswith("all/hold-")
    return plays[:-1]


async def test_place_and_measured_wait_are_said_every_few_turns(exchange: Exchange) -> None:
    await answered(exchange, FEWEST, waited_s=300)
    sid = await exchange.waiting()

    assert await said(exchange, sid, PLACE_TURN) == [
        "ru/ivr-position",
        "ru/ivr-number-1",
        "ru/ivr-wait-minutes",
        "ru/ivr-number-5",
    ]
    assert await said(exchange, sid, PLACE_TURN + 1) == []


@pytest.mark.parametrize(
    "others",
    [
        {"count": FEWEST - 1},
        {"count": FEWEST, "language": "ky"},
        {"count": FEWEST, "ago_s": 7200},
    ],
    ids=["too few", "another language", "long ago"],
)
async def test_nothing_is_said_of_a_wait_nobody_knows(
    exchange: Exchange, others: dict[str, Any]
) -> None:
    await answered(exchange, **others, waited_s=300)
    sid = await exchange.waiting()

    assert await said(exchange, sid, PLACE_TURN) == ["ru/ivr-position", "ru/ivr-number-1"]


async def test_who_has_waited_as_long_as_others_hears_only_the_place(exchange: Exchange) -> None:
    await answered(exchange, FEWEST, waited_s=300)
    sid = await exchange.waiting()
    async with exchange.db.uow() as uow:
        await uow.execute(
            "update contact set waiting_since = now() - interval '5 min' where state = 'waiting'"
        )

    assert await said(exchange, sid, PLACE_TURN) == ["ru/ivr-position", "ru/ivr-number-1"]


async def test_what_many_ask_about_is_told_until_its_end(exchange: Exchange) -> None:
    sid = await exchange.waiting()
    assert await said(exchange, sid, TOPIC_TURN) == []

    await announce(exchange, "documents", timedelta(hours=1))
    told = await said(exchange, sid, TOPIC_TURN)
    await announce(exchange, "documents", timedelta(seconds=-1))

    assert told == ["ru/ivr-many-ask", "ru/ivr-topic-documents"]
    assert await said(exchange, sid, TOPIC_TURN) == []


async def test_who_is_in_danger_is_not_told_what_many_ask_about(exchange: Exchange) -> None:
    sid = await exchange.waiting(digits="26")
    await announce(exchange, "documents", timedelta(hours=1))

    assert await said(exchange, sid, TOPIC_TURN) == []


async def announce(exchange: Exchange, topic: str, ends_in: timedelta) -> None:
    async with exchange.db.uow() as uow:
        until = await uow.time() + ends_in
        await uow.execute("delete from line_setting")
        await uow.execute(
            "insert into line_setting (kind, version, value, set_by)"
            " values ('announcement', 1, $1, gen_random_uuid())",
            {"topic": topic, "until": until.isoformat()},
        )
    exchange.line.forget()


async def test_a_caller_silent_for_two_turns_is_asked_about_and_then_removed(
    exchange: Exchange,
) -> None:
    chunk = exchange.documents.capabilities.hold_chunk_s
    sid = await exchange.waiting()
    exchange.carrier.calls[sid].status = "completed"

    await silent_for(exchange, 2 * chunk)
    assert await exchange.lines.reconcile() == 0
    await silent_for(exchange, 2 * chunk + 11)
    assert await exchange.lines.reconcile() == 1
    await exchange.work()

    contact = await exchange.contact(sid)
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.ABANDONED)
    assert await exchange.count("select count(*) from queue_entry") == 0


async def test_a_silent_caller_the_carrier_still_has_keeps_their_place(exchange: Exchange) -> None:
    sid = await exchange.waiting()

    await silent_for(exchange, 600)
    assert await exchange.lines.reconcile() == 0

    assert (await exchange.contact(sid)).state is ContactState.WAITING


async def silent_for(exchange: Exchange, seconds: int) -> None:
    async with exchange.db.uow() as uow:
        await uow.execute(
            "update call_leg set last_seen_at = now() - make_interval(secs => $1)", seconds
        )
