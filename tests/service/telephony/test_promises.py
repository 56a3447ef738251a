"""What staff may do with callbacks."""

from datetime import timedelta
from uuid import UUID

import pytest

from hotline.callbacks.model import CallbackState
from hotline.contacts.model import ContactState, Outcome
from hotline.kernel.errors import Conflict, NotFound
from tests.builders import ANA, MALLORY
from tests.console.mock_callbacks import promise
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.test_missedcalls import beep


async def promised(exchange: Exchange) -> UUID:
    await beep(exchange)
    await exchange.work()
    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    found: UUID = row["id"]
    return found


async def waits(exchange: Exchange) -> int:
    return await exchange.count("select count(*) from queue_entry")


async def test_the_list_shows_no_number(exchange: Exchange) -> None:
    await promised(exchange)

    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)

    assert (row["why"], row["masked"], row["busy"]) == ("missed", "+996 555 ··· ·56", False)
    assert await exchange.promises.shown(ANA, CallbackState.DONE) == []


async def test_one_is_shown_as_in_the_list_whatever_became_of_it(exchange: Exchange) -> None:
    callback = await promised(exchange)

    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    assert await exchange.promises.one(ANA, callback) == row
    await exchange.promises.close(ANA, callback, "unsafe")

    assert (await exchange.promises.one(ANA, callback))["state"] == "closed"
    with pytest.raises(NotFound):
        await exchange.promises.one(ANA, UUID(int=1))
    with pytest.raises(NotFound):
        await exchange.promises.one(MALLORY, callback)


async def test_a_callback_that_was_put_off_is_offered_again_when_it_is_asked_for(
    exchange: Exchange,
) -> None:
    callback = await promised(exchange)
    async with exchange.db.uow() as uow:
        at = await uow.time() + timedelta(hours=1)

    await exchange.promises.put_off(ANA, callback, at)
    assert await waits(exchange) == 0
    await exchange.promises.hurry(ANA, callback)

    assert await waits(exchange) == 1
    tags = "select count(*) from audit_row where tag like 'staff:callback:%'"
    assert await exchange.count(tags) == 2


async def test_who_is_to_be_called_now_passes_everybody_but_those_in_danger(
    exchange: Exchange,
) -> None:
    callback = await promised(exchange)
    async with exchange.db.uow() as uow:
        at = await uow.time() + timedelta(hours=1)
    await exchange.promises.put_off(ANA, callback, at)
    danger, calm = await exchange.waiting(digits="20"), await exchange.waiting()

    await exchange.promises.hurry(ANA, callback)

    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)
    async with exchange.db.uow() as uow:
        rows = await uow.fetch("select contact_id from queue_entry order by effective_at")
    ours = [(await exchange.contact(sid)).id for sid in (danger, calm)]
    assert [one["contact_id"] for one in rows] == [ours[0], row["contact_id"], ours[1]]


@pytest.mark.parametrize("hours", [-1, 5])
async def test_nothing_is_put_off_to_the_past_or_past_its_end(
    exchange: Exchange, hours: int
) -> None:
    callback = await promised(exchange)
    async with exchange.db.uow() as uow:
        at = await uow.time() + timedelta(hours=hours)

    with pytest.raises(Conflict, match="callback-too-late"):
        await exchange.promises.put_off(ANA, callback, at)


async def test_a_closed_callback_ends_the_contact_and_nobody_is_called(exchange: Exchange) -> None:
    callback = await promised(exchange)

    await exchange.promises.close(ANA, callback, "wrong_number")
    await exchange.work()

    (row,) = await exchange.promises.shown(ANA, CallbackState.CLOSED)
    async with exchange.db.uow() as uow:
        contact = await exchange.contacts.get(uow, row["contact_id"])
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.NOT_REACHED)
    assert await waits(exchange) == 0
    with pytest.raises(Conflict):
        await exchange.promises.hurry(ANA, callback)


async def test_what_an_operator_has_in_hand_is_left_to_them(exchange: Exchange) -> None:
    callback = await promised(exchange)
    await exchange.on_shift()
    await exchange.accept()

    with pytest.raises(Conflict):
        await exchange.promises.close(ANA, callback, "wrong_number")


async def test_others_see_and_change_nothing(exchange: Exchange) -> None:
    callback = await promised(exchange)

    with pytest.raises(NotFound):
        await exchange.promises.shown(MALLORY, CallbackState.OPEN)
    with pytest.raises(NotFound):
        await exchange.promises.close(MALLORY, callback, "wrong_number")
    with pytest.raises(NotFound):
        await exchange.promises.close(ANA, UUID(int=1), "wrong_number")


async def test_the_desk_is_tried_with_rows_of_the_same_fields(exchange: Exchange) -> None:
    await promised(exchange)

    (row,) = await exchange.promises.shown(ANA, CallbackState.OPEN)

    assert set(row) == set(promise(1))
