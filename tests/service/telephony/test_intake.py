"""From the first ring to the queue: every request once, every caller somewhere."""

import asyncio
from dataclasses import replace

import pytest
from typing_extensions import override

from hotline.contacts.model import ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.intake.flows import Flows
from hotline.intake.hours import always
from hotline.intake.model import Choice
from hotline.intake.queues import Door
from hotline.kernel.clock import SystemClock
from hotline.line.model import Line, SetDoor
from hotline.line.reader import LineReader
from hotline.routing import store as routing_store
from hotline.telephony.questions import Instead, Questions
from tests.builders import ANA
from tests.service.telephony.exchange import SHUT, Exchange
from tests.unit.intake.flowing import shipped_flows

CONTACTS = "select count(*) from contact"


async def test_a_new_caller_is_greeted_and_asked_for_the_language(exchange: Exchange) -> None:
    document = await exchange.incoming("CA1")

    assert document.plays[0] == "ky/ivr-welcome"
    assert "uz/ivr-language" in document.plays
    assert document.verbs == ["Gather", "Redirect"]
    contact = await exchange.contact("CA1")
    assert contact.state is ContactState.INTAKE
    assert contact.line == "189"


async def test_a_repeated_request_makes_no_second_contact_and_hears_the_same(
    exchange: Exchange,
) -> None:
    first = await exchange.incoming("CA1", "token:same")
    again = await exchange.incoming("CA1", "token:same")
    other = await exchange.incoming("CA1", "token:other")

    assert first.text == again.text == other.text
    assert await exchange.count(CONTACTS) == 1


async def test_the_same_call_twice_at_once_is_one_contact(exchange: Exchange) -> None:
    answers = await asyncio.gather(*(exchange.incoming("CA1") for _ in range(4)))

    assert await exchange.count(CONTACTS) == 1
    assert len({answer.text for answer in answers}) == 1


async def test_keys_lead_to_the_queue_with_language_and_topic(exchange: Exchange) -> None:
    language = await exchange.incoming("CA1")
    topic = await exchange.step("CA1", "2", language.turn)
    queued = await exchange.step("CA1", "5", topic.turn)

    assert topic.plays[0] == "ru/ivr-notice"
    assert queued.holds
    assert queued.plays[0] == "ru/ivr-wait"
    contact = await exchange.contact("CA1")
    assert (contact.state, contact.language, contact.topic) == ("waiting", "ru", "missing")
    assert contact.priority == 300
    assert await exchange.count("select count(*) from queue_entry") == 1


async def test_an_answer_to_an_earlier_question_moves_nothing(exchange: Exchange) -> None:
    language = await exchange.incoming("CA1")
    topic = await exchange.step("CA1", "2", language.turn)

    late = await exchange.step("CA1", "1", language.turn)

    assert late.text == topic.text
    assert (await exchange.contact("CA1")).language == "ru"


async def test_a_retry_of_an_answer_hears_what_the_first_heard(exchange: Exchange) -> None:
    language = await exchange.incoming("CA1")
    topic = await exchange.step("CA1", "2", language.turn, "token:x")
    await exchange.step("CA1", "1", topic.turn)

    assert (await exchange.step("CA1", "2", language.turn, "token:x")).text == topic.text


async def test_who_presses_nothing_reaches_a_person_without_a_carriers_tokens(
    exchange: Exchange,
) -> None:
    document = await exchange.incoming("CA1")
    for _ in range(8):
        if document.holds:
            break
        # No token: the key is made of path and fields, which differ by the turn alone.
        document = await exchange.step("CA1", "", document.turn, f"form:{document.turn}")

    contact = await exchange.contact("CA1")
    assert (contact.state, contact.language) == ("waiting", None)


async def test_danger_is_heard_at_any_question(exchange: Exchange) -> None:
    language = await exchange.incoming("CA1")

    queued = await exchange.step("CA1", "0", language.turn)

    assert queued.plays[0] == "ru/ivr-wait-danger"
    contact = await exchange.contact("CA1")
    assert contact.danger
    assert contact.priority == 3600


async def test_danger_while_waiting_moves_the_caller_forward_once(exchange: Exchange) -> None:
    calm, urgent = await exchange.waiting(), await exchange.waiting()
    exchange_contact = await exchange.contact(urgent)

    heard = await exchange.hold_key(urgent, "0")
    again = await exchange.hold_key(urgent, "0")

    assert "ru/ivr-wait-danger" in heard.plays
    assert again.holds
    contact = await exchange.contact(urgent)
    assert contact.danger
    async with exchange.db.uow() as uow:
        assert await routing_store.position(uow, exchange_contact.id) == 1
        calm_id = (await exchange.contact(calm)).id
        assert await routing_store.position(uow, calm_id) == 2
        notes = await exchange.contacts.timeline(uow, contact.id)
    assert [note.kind for note in notes].count("danger") == 1


async def test_a_known_caller_is_not_asked_for_the_language_again(exchange: Exchange) -> None:
    language = await exchange.incoming("CA1")
    await exchange.step("CA1", "1", language.turn)
    await exchange.status("CA1", "completed")

    document = await exchange.incoming("CA2")

    menu = document.plays.index("ky/ivr-notice")
    assert document.plays[menu : menu + 2] == ["ky/ivr-notice", "ky/ivr-emergency"]
    assert "uz/ivr-change-language" in document.plays[:menu]


@pytest.mark.parametrize("digits", ["0", "    "])
async def test_a_language_nobody_chose_is_asked_for_at_the_next_call(
    exchange: Exchange, digits: str
) -> None:
    document = first = await exchange.incoming("CA1")
    for digit in digits:
        document = await exchange.step("CA1", digit.strip(), document.turn)
    assert document.plays
    await exchange.status("CA1", "completed")

    assert (await exchange.incoming("CA2")).text == first.text


async def test_a_language_chosen_while_waiting_counts_for_the_queue_and_the_next_call(
    exchange: Exchange,
) -> None:
    sid = await exchange.waiting()

    menu = await exchange.hold_key(sid, "#")
    said = await exchange.hold_key(sid, "1", menu.turn)

    assert "uz/ivr-language" in menu.plays
    assert said.plays[0] == "ky/ivr-wait"
    wanted = "select count(*) from queue_entry where language = 'ky'"
    remembered = "select count(*) from caller where language = 'ky'"
    assert await exchange.count(wanted) == await exchange.count(remembered) == 1


async def test_hidden_callers_are_strangers_every_time(exchange: Exchange) -> None:
    for sid in ("CA1", "CA2"):
        await exchange.incoming(sid, From="anonymous")

    assert await exchange.count("select count(*) from caller") == 2


async def test_a_shut_line_says_so_and_the_contact_is_closed(db: Database, vault: Vault) -> None:
    exchange = Exchange(db, vault, hours=SHUT)
    document = await exchange.incoming("CA1")
    for digit in ("2", "1", "", ""):
        document = await exchange.step("CA1", digit, document.turn)

    assert document.verbs[-1] == "Hangup"
    contact = await exchange.contact("CA1")
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.OUT_OF_HOURS)


async def test_who_hangs_up_on_hearing_that_the_line_is_shut_came_out_of_hours(
    db: Database, vault: Vault
) -> None:
    exchange = Exchange(db, vault, hours=SHUT)
    document = await exchange.incoming("CA1")
    for digit in ("2", "1"):
        document = await exchange.step("CA1", digit, document.turn)
    assert "ru/ivr-closed" in document.plays

    await exchange.status("CA1", "completed")

    contact = await exchange.contact("CA1")
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.OUT_OF_HOURS)


async def test_a_shut_line_still_takes_danger(db: Database, vault: Vault) -> None:
    exchange = Exchange(db, vault, hours=SHUT)
    document = await exchange.incoming("CA1")
    document = await exchange.step("CA1", "2", document.turn)
    document = await exchange.step("CA1", "1", document.turn)

    document = await exchange.step("CA1", "0", document.turn)

    assert document.holds
    assert (await exchange.contact("CA1")).state is ContactState.WAITING


async def test_a_caller_who_hangs_up_in_the_questions_left_there(exchange: Exchange) -> None:
    await exchange.incoming("CA1")

    assert await exchange.status("CA1", "completed")
    assert not await exchange.status("CA1", "completed")
    assert not await exchange.status("CA1", "in-progress")

    contact = await exchange.contact("CA1")
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.LEFT_IN_INTAKE)


async def test_the_hold_loop_writes_almost_nothing_and_says_the_place(exchange: Exchange) -> None:
    await exchange.waiting()
    sid = await exchange.waiting()
    seen = (
        "select (extract(epoch from last_seen_at) * 1000000)::bigint from call_leg where sid = $1"
    )
    before = await exchange.count(seen, sid)

    plain, announced = await exchange.hold(sid, 3), await exchange.hold(sid, 4)

    assert plain.plays == ["all/hold-15s"]
    assert announced.plays == ["ru/ivr-position", "ru/ivr-number-2", "all/hold-15s"]
    assert announced.text.count("/voice/hold?n=5") == 1
    assert await exchange.count(seen, sid) == before


async def test_the_hold_loop_is_a_sign_of_life_now_and_then(exchange: Exchange) -> None:
    sid = await exchange.waiting()
    async with exchange.db.uow() as uow:
        await uow.execute("update call_leg set last_seen_at = now() - interval '11 s'")

    await exchange.hold(sid, 1)

    fresh = "select count(*) from call_leg where last_seen_at > now() - interval '5 s'"
    assert await exchange.count(fresh) == 1


async def test_a_call_nobody_knows_is_let_go_politely(exchange: Exchange) -> None:
    for document in (
        await exchange.hold("CA9"),
        await exchange.hold_key("CA9", "0"),
        await exchange.step("CA9", "1", 1),
        await exchange.bridge("CA9"),
        await exchange.after("CA9"),
    ):
        assert document.plays == ["ky/ivr-sorry", "ru/ivr-sorry"]
        assert document.verbs[-1] == "Hangup"
    assert not await exchange.status("CA9", "completed")
    assert await exchange.count(CONTACTS) == 0


async def test_a_lost_call_finds_its_question_again(exchange: Exchange) -> None:
    document = await exchange.incoming("CA1")

    assert (await exchange.bridge("CA1")).text == document.text
    assert (await exchange.hold("CA1")).text == document.text
    assert (await exchange.after("CA1")).text == document.text


async def test_a_new_call_is_one_transaction_and_looks_like_any_other_contact(
    exchange: Exchange,
) -> None:
    await exchange.incoming("CA1", From="+996555000009")

    async with exchange.db.reads() as uow:
        row = await uow.fetchrow(
            """
            select c.state, c.line, c.language, c.intake, k.masked, k.contacts, e.kind, e.fields,
                   l.role, l.state as leg, i.answer,
                   array[c.xmin, k.xmin, e.xmin, l.xmin, i.xmin]::text[] as written_by
            from contact c join caller k on k.id = c.caller_id
                 join contact_event e on e.contact_id = c.id
                 join call_leg l on l.contact_id = c.id, inbox i
            """
        )
    assert row is not None
    assert (row["state"], row["line"], row["language"]) == ("intake", "189", None)
    assert (row["masked"], row["contacts"]) == ("+996 555 ··· ·09", 1)
    assert (row["kind"], row["fields"]) == ("opened", {"channel": "voice", "line": "189"})
    assert (row["role"], row["leg"]) == ("caller", "ringing")
    assert row["intake"]["turn"] == 1
    assert row["answer"] == (await exchange.bridge("CA1")).text
    assert len(set(row["written_by"])) == 1


async def test_two_first_calls_of_one_number_at_once_are_one_caller(exchange: Exchange) -> None:
    await asyncio.gather(*(exchange.incoming(f"CA{n}") for n in range(6)))

    assert await exchange.count(CONTACTS) == 6
    assert await exchange.count("select count(*) from caller") == 1
    assert await exchange.count("select contacts from caller") == 6


async def test_a_first_question_that_is_none_still_does_what_follows_from_it(
    db: Database, vault: Vault
) -> None:
    """A flow that asks nothing and queues at once: the queue entry follows."""
    exchange = Exchange(db, vault)
    voice = shipped_flows().voice
    flows = Flows({"voice": replace(voice, start=voice.safe)}, always())
    exchange.telephony._questions = Questions(
        exchange.contacts,
        exchange.routing,
        flows,
        exchange.documents,
        exchange.line,
        Instead(exchange.callbacks, exchange.messages),
        exchange.crowds,
    )

    document = await exchange.incoming("CA1")
    again = await exchange.incoming("CA1")

    assert document.holds
    assert again.holds
    contact = await exchange.contact("CA1")
    assert (contact.state, contact.language) == (ContactState.WAITING, None)
    assert await exchange.count("select count(*) from queue_entry") == 1


class AtADoor(LineReader):
    """The line as it is, with its only queue set by hand."""

    door = Door.OPEN

    @override
    async def now(self, uow: Uow) -> Line:
        at = await uow.time()
        by_hand = SetDoor(self.door, None, ANA.staff_id, at)
        return replace(await super().now(uow), doors={"all": by_hand})


async def test_a_first_question_that_told_of_a_closed_queue_is_not_kept(
    db: Database, vault: Vault
) -> None:
    """A flow without questions, as others may have it: opened again, the next call waits."""
    exchange = Exchange(db, vault)
    voice = shipped_flows().voice
    ends = Choice("", "", "", goto=voice.safe)
    notice = replace(voice.steps["notice"], otherwise=ends, recorded=None)
    flow = replace(voice, start="notice", steps={**voice.steps, "notice": notice})
    reader = AtADoor(always(), SystemClock())
    exchange.telephony._questions = Questions(
        exchange.contacts,
        exchange.routing,
        Flows({"voice": flow}, always()),
        exchange.documents,
        reader,
        Instead(exchange.callbacks, exchange.messages),
        exchange.crowds,
    )

    reader.door = Door.CLOSED
    assert "ru/ivr-queue-closed" in (await exchange.incoming("CA1")).plays
    reader.door = Door.OPEN
    opened = await exchange.incoming("CA2")
    assert opened.holds
    assert "ru/ivr-queue-closed" not in opened.plays
