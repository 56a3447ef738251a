"""One person on two channels: proved by a code, said by staff, taken apart exactly."""

from typing import Any

import pytest

from hotline.contacts import links
from hotline.contacts.model import Contact
from hotline.kernel.errors import Conflict, Forbidden, NotFound
from tests.builders import ANA, BORIS, VERA
from tests.service.chat.house import PERSON, House

NUMBER = "+996555000156"


async def talking(house: House, address: str = PERSON) -> tuple[Contact, str]:
    """A chat in Telegram with Ana, and the code she gave."""
    await house.comes("я в Телеграме", address=address)
    contact = await house.taken_by(ANA)
    return contact, (await house.links.give(ANA, contact.id))["code"]


async def sms(house: House, text: str) -> Contact:
    await house.comes(text, channel="sms", address=NUMBER)
    return await house.contact()


async def shown(house: House, contact: Contact) -> list[dict[str, Any]]:
    return await house.links.shown(VERA, contact.id)


async def history(house: House, contact: Contact) -> list[object]:
    async with house.db.uow() as uow:
        return [one.id for one in await house.contacts.earlier(uow, contact)]


async def test_a_code_makes_a_suggestion_and_nothing_else(house: House) -> None:
    chat, code = await talking(house)
    other = await sms(house, f" {code.lower()} ")
    (link,) = await shown(house, chat)
    assert (link["state"], link["channel"]) == ("suggested", "sms")
    assert await history(house, chat) == []
    await house.work(now=True)
    heard = [o.text for o in house.sms.sent]
    assert heard[0] == house.catalogue.t("ru", "bot-sms-code-kept")
    assert not any("Телеграм" in text or "Telegram" in text for text in heard)
    # Who sent only a code is asked the first question, like anybody who is new.
    assert other.state.value == "intake"
    told = [e.audience for _, e in house.live._told if e.kind == "contact.links"]
    assert told == []  # the room of contacts tells; here only the chat room listens


async def test_confirmed_histories_meet_and_undone_they_part_exactly(house: House) -> None:
    chat, code = await talking(house)
    other = await sms(house, code)
    (link,) = await shown(house, chat)
    await house.links.decide(ANA, link["id"], same=True)
    assert await history(house, chat) == [other.id]
    assert await history(house, other) == [chat.id]
    with pytest.raises(Conflict, match="link-decided"):
        await house.links.decide(VERA, link["id"], same=False)

    async with house.db.uow() as uow:
        before = await uow.fetch("select * from caller order by id")
    await house.links.undo(VERA, link["id"])
    async with house.db.uow() as uow:
        assert await uow.fetch("select * from caller order by id") == before
    assert await history(house, chat) == await history(house, other) == []
    assert await shown(house, chat) == []


async def test_three_channels_meet_and_one_link_less_parts_the_right_one(house: House) -> None:
    first, code = await talking(house)
    second = await sms(house, code)
    third, code = await talking(house, address="777")
    await house.comes(code)
    for link in await shown(house, first):
        await house.links.decide(ANA, link["id"], same=True)
    assert set(await history(house, second)) == {first.id, third.id}
    apart = next(one for one in await shown(house, first) if one["channel"] == "sms")
    await house.links.undo(ANA, apart["id"])
    assert await history(house, second) == []
    assert await history(house, third) == [first.id]


async def test_codes_are_good_once_for_a_quarter_of_an_hour_and_elsewhere_only(
    house: House,
) -> None:
    chat, first = await talking(house)
    await house.comes(first)
    second = (await house.links.give(ANA, chat.id))["code"]
    await sms(house, first)
    assert await shown(house, chat) == []
    async with house.db.uow() as uow:
        await uow.execute("update link_code set expires_at = now()")
    await sms(house, second)
    assert await shown(house, chat) == []
    async with house.db.uow() as uow:
        kept = await uow.fetch("select index from link_code")
    assert second.replace("-", "").encode() not in {row["index"] for row in kept}


async def test_whoever_guesses_is_not_listened_to(house: House) -> None:
    chat, code = await talking(house)
    for n in range(5):
        await sms(house, f"ACDE-F3{'47'[n % 2]}9")
    await sms(house, code)
    assert await shown(house, chat) == []
    await house.comes(code, channel="sms", address="+996555000999")
    assert len(await shown(house, chat)) == 1


async def test_a_link_of_telegram_carries_the_code_too(house: House) -> None:
    await house.comes("я пишу SMS", channel="sms", address=NUMBER)
    contact = await house.taken_by(ANA)
    code = (await house.links.give(ANA, contact.id))["code"]
    await house.comes("start", "command", payload=code.replace("-", ""))
    assert [one["channel"] for one in await shown(house, contact)] == ["telegram"]


async def test_nobody_gives_a_code_or_decides_for_somebody_elses_caller(house: House) -> None:
    chat, code = await talking(house)
    await sms(house, code)
    (link,) = await shown(house, chat)
    with pytest.raises(Forbidden):
        await house.links.give(BORIS, chat.id)
    for verb in (house.links.undo(BORIS, link["id"]), house.links.shown(BORIS, chat.id)):
        with pytest.raises(NotFound):
            await verb
    with pytest.raises(NotFound):
        await house.links.decide(BORIS, link["id"], same=True)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("АСЕН-3479", "ACEH3479"),
        ("acde f347", "ACDEF347"),
        ("ACDEFHJK", None),
        ("34793479", None),
        ("ACDE-F34", None),
        ("мой код ACDEF347", None),
        ("ACDEF340", None),
    ],
)
def test_a_code_is_read_however_it_is_typed(said: str, code: str | None) -> None:
    assert links.read(said) == code
