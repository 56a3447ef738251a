"""A blocked caller hears where else to find help; danger gets them in, and nothing else does."""

import pytest

from hotline.carrier.capabilities import Dialect
from hotline.contacts.model import Channel, ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.promised import MISSED_LINE

NUMBER = "+996555123456"


@pytest.fixture(params=["twilio", "signalwire", "somleng"])
async def exchange(request: pytest.FixtureRequest, db: Database, vault: Vault) -> Exchange:
    dialect: Dialect = request.param
    made = Exchange(db, vault, dialect)
    async with db.uow() as uow:
        await uow.execute(
            """
            insert into line_block (id, address_key, masked, until, reason_sealed, made_by)
            values (gen_random_uuid(), $1, 'x', now() + interval '1 hour', 'x', gen_random_uuid())
            """,
            made.contacts.index(Channel.VOICE, NUMBER),
        )
    return made


async def test_a_blocked_caller_hears_where_else_to_find_help_and_the_call_ends(
    exchange: Exchange,
) -> None:
    told = await exchange.incoming("CA1", From=NUMBER)
    ended = await exchange.step("CA1", "", told.turn)

    assert told.plays[:4] == [
        "ky/ivr-elsewhere",
        "ru/ivr-elsewhere",
        "ky/ivr-emergency",
        "ru/ivr-emergency",
    ]
    assert told.plays[4:] == ["ru/ivr-danger", "ru/ivr-press-0"]
    assert ended.verbs[-1] == "Hangup"
    contact = await exchange.contact("CA1")
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.REJECTED)
    assert await exchange.count("select count(*) from queue_entry") == 0


async def test_a_missed_call_of_a_blocked_number_hears_the_same_and_nothing_follows(
    exchange: Exchange,
) -> None:
    told = await exchange.incoming("CA1", From=NUMBER, To=MISSED_LINE)

    assert told.verbs == ["Reject"]
    assert await exchange.count("select count(*) from callback") == 0
    assert await exchange.count("select count(*) from contact") == 0


async def test_a_blocked_caller_who_hangs_up_was_rejected(exchange: Exchange) -> None:
    await exchange.incoming("CA1", From=NUMBER)
    await exchange.status("CA1", "completed")

    assert (await exchange.contact("CA1")).outcome is Outcome.REJECTED


@pytest.mark.parametrize("digit", ["1", "2", "#"])
async def test_no_other_key_gets_a_blocked_caller_in(exchange: Exchange, digit: str) -> None:
    told = await exchange.incoming("CA1", From=NUMBER)
    await exchange.step("CA1", digit, told.turn)

    assert (await exchange.contact("CA1")).state is ContactState.CLOSED


async def test_danger_gets_a_blocked_caller_to_a_person(exchange: Exchange) -> None:
    told = await exchange.incoming("CA1", From=NUMBER)
    waits = await exchange.step("CA1", "0", told.turn)

    assert waits.holds
    contact = await exchange.contact("CA1")
    assert (contact.state, contact.danger) == (ContactState.WAITING, True)


async def test_everybody_else_is_untouched(exchange: Exchange) -> None:
    for number, sid in (("+996555123457", "CA1"), ("anonymous", "CA2")):
        assert (await exchange.incoming(sid, From=number)).plays[0] == "ky/ivr-welcome"
