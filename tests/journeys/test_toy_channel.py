"""A channel is one folder: nothing in the house was written for pigeons."""

from typing import Any

import aiohttp
import pytest

from bots.registry import BUILDERS, Builders
from hotline.chat.erasing import YES
from tests.town import Town, eventually
from tests.toys.pigeon import wiring

LOFT = "loft 4711"
WORDS = "Мени иштеткен жерден чыгаргысы жок"
Json = dict[str, Any]


class _Sky:
    """One messenger for the whole town, so that the test sees what it carries."""

    def __init__(self) -> None:
        self.pigeons = wiring.Pigeons()

    def letters(self) -> list[str]:
        return [text for to, text in self.pigeons.channel.letters if to == LOFT]


@pytest.fixture
def sky() -> _Sky:
    return _Sky()


@pytest.fixture
def builders(sky: _Sky) -> Builders:
    return (*BUILDERS, lambda _outside: sky.pigeons)


async def letter(town: Town, number: int, **more: str) -> int:
    body = {"id": str(number), "loft": LOFT, **more}
    async with aiohttp.request("POST", town.url + wiring.PATH, json=body) as answer:
        return answer.status


async def test_a_channel_of_one_folder_does_what_the_others_do(town: Town, sky: _Sky) -> None:
    texts = town.ground.texts

    async def said(text: str) -> bool:
        return any(text in one for one in sky.letters())

    assert await letter(town, 1, text=WORDS) == 200
    assert await letter(town, 1, text=WORDS) == 200  # carried twice, taken once
    contact = (await town.until("select id, channel from contact where state = 'waiting'"))[0]
    assert contact["channel"] == "pigeon"

    ana = await town.on_shift("ana")
    assert await town.chatting(ana) == str(contact["id"])
    thread = await town.thread(ana, str(contact["id"]))
    assert [m["text"] for m in thread if m["from"] == "caller"] == [WORDS]
    sent = await town.write(ana, str(contact["id"]), "Биз сизди угуп жатабыз")
    await town.message(ana, sent, "sent")
    await eventually(lambda: said("Биз сизди угуп жатабыз"))

    sky.pigeons.channel.lost.add(LOFT)
    lost = await town.write(ana, str(contact["id"]), "Кайдасыз?")
    assert (await town.message(ana, lost, "failed"))["error"] == "no-address"
    sky.pigeons.channel.lost.clear()

    assert await letter(town, 2, kind="command", text="delete") == 200
    await eventually(lambda: said(texts.t("ky", "bot-delete-ask")))
    assert await letter(town, 3, press=YES) == 200
    await eventually(lambda: said(texts.t("ky", "bot-deleted")))
    assert "in-1" in sky.pigeons.channel.burnt
    await town.chat_over(ana, str(contact["id"]))

    vera = await town.desk("vera")
    rows = (await vera.get("/api/log?channel=pigeon"))["rows"]
    assert [row["channel"] for row in rows] == ["pigeon"]
