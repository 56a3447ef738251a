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


async def busy(
    exchange: Exchange, talks: int, *, before: int = 5, language: Lang = "ru", ago_d: int = 1
) -> str:
    """Ana talks, others wait before this caller; so many talks of a minute were written up."""
    await exchange.talking()
    async with exchange.db.uow() as uow:
        for number in range(before):
            ahead = await a_contact(
                uow, exchange.contacts, caller=f"+9967000000{number}", language="ru"
            )
            await exchange.routing.enqueue(uow, await exchange.contacts.wait(uow, ahead))
        for number in range(talks):
            one = await a_contact(
                uow, exchange.contacts, caller=f"+9967000000{number}", language=language
            )
            await uow.execute(
                """
                update contact set state = 'closed', closed_at = now() - make_interval(days => $2),
                  talking_since = now() - make_interval(days => $2, secs => 60)
                where id = $1
                """,
                one.id,
                ago_d,
            )
    return await exchange.waiting()


async def said(exchange: Exchange, sid: str, turn: int) -> list[str]:
    plays = (await exchange.hold(sid, turn)).plays
    assert plays[-1].startswith("all/hold-")
    return plays[:-1]


async def test_place_and_expected_wait_are_said_every_few_turns(exchange: Exchange) -> None:
    sid = await busy(exchange, FEWEST)

    assert await said(exchange, sid, PLACE_TURN) == [
        "ru/ivr-position",
        "ru/ivr-number-6",
        "ru/ivr-wait-minutes",
        "ru/ivr-number-6",
    ]
    assert await said(exchange, sid, PLACE_TURN + 1) == []


@pytest.mark.parametrize(
    "others",
    [
        {"talks": FEWEST - 1},
        {"talks": FEWEST, "language": "ky"},
        {"talks": FEWEST, "ago_d": 40},
        {"talks": FEWEST, "before": 0},
    ],
    ids=["too few", "another language", "long ago", "one step, from seconds to long"],
)
async def test_nothing_is_said_of_a_wait_nobody_knows(
    db: Database, vault: Vault, others: dict[str, Any]
) -> None:
    exchange = Exchange(db, vault)
    sid = await busy(exchange, **others)

    place = others.get("before", 5) + 1
    assert await said(exchange, sid, PLACE_TURN) == ["ru/ivr-position", f"ru/ivr-number-{place}"]


@pytest.mark.parametrize(
    "unknown",
    [
        "update operator_state set presence = 'break'",
        "update queue_entry set since = since - interval '1 hour'",
    ],
    ids=["nobody on shift for it", "longer than the upper end"],
)
async def test_what_is_not_so_any_more_is_not_said(
    db: Database, vault: Vault, unknown: str
) -> None:
    exchange = Exchange(db, vault)
    sid = await busy(exchange, FEWEST)
    async with exchange.db.uow() as uow:
        await uow.execute(unknown)

    assert await said(exchange, sid, PLACE_TURN) == ["ru/ivr-position", "ru/ivr-number-6"]


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
