"""The control API that scripts and the hand page use."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from hotline.simulator import World, WorldConfig
from hotline.simulator.telegram.pictures import picture
from hotline.simulator.telegram.sounds import voice_note
from tests.contracts.simulator.customer import Customer

MENU = """<Response><Gather numDigits="1" action="/voice/key"><Play>/audio/menu.wav</Play>
</Gather></Response>"""


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_a_call_by_hand(
    world: World, customer: Customer, browser: aiohttp.ClientSession
) -> None:
    customer.pages["/voice/in"] = MENU
    base = f"{world.url}/_sim"
    async with browser.post(f"{base}/calls", json={"from": "+996555000777"}) as answer:
        assert answer.status == 201
        sid = (await answer.json())["sid"]
    await world.phone("+996555000777").wait_for("menu.wav")
    async with browser.post(f"{base}/calls/{sid}/press", json={"keys": "3"}) as answer:
        assert answer.status == 200
    (key,) = await customer.wait("/voice/key")
    await world.phone("+996555000777").wait_ended()
    async with browser.get(f"{base}/calls/{sid}") as answer:
        heard = (await answer.json())["heard"]
    audio = next(one["audio"] for one in heard if one["moment"] == "prompt")
    async with browser.get(f"{base}/audio/{audio}") as answer:
        sound = await answer.read()

    assert key.form["Digits"] == "3"
    assert sound.startswith(b"RIFF")
    assert heard[-1]["moment"] == "ended"


async def test_events_are_streamed_from_where_one_left_off(
    world: World, browser: aiohttp.ClientSession
) -> None:
    world.journal.write("first")
    world.journal.write("second")
    async with browser.get(f"{world.url}/_sim/stream?after=1") as stream:
        lines = [(await stream.content.readline()).decode() for _ in range(2)]
        assert lines[0] == "id: 2\n"
        assert json.loads(lines[1].removeprefix("data: "))["kind"] == "second"


async def test_who_followed_another_world_is_told_to_begin_anew(
    world: World, browser: aiohttp.ClientSession
) -> None:
    world.journal.write("first")
    async with browser.get(f"{world.url}/_sim/state") as answer:
        state = await answer.json()
    assert state["seq"] == 1
    address = f"{world.url}/_sim/stream?after=0"
    async with browser.get(f"{address}&world={state['world']}") as stream:
        assert await stream.content.readline() == b"id: 1\n"
    old = {"Last-Event-ID": "5000"}
    async with browser.get(f"{address}&world=another", headers=old) as stream:
        assert await stream.content.readline() == b"event: reset\n"


async def test_everything_else_by_hand(
    world: World, customer: Customer, browser: aiohttp.ClientSession
) -> None:
    base = f"{world.url}/_sim"
    moves: list[tuple[str, dict[str, object], int]] = [
        ("sms", {"from": "+996555000777", "body": "hi"}, 201),
        ("telegram/77", {"start": ""}, 200),
        ("telegram/77", {"press": "nothing"}, 400),
        ("telegram/77", {"edit": 1, "text": "/start again"}, 200),
        ("telegram/77", {"edit": 999, "text": "x"}, 400),
        ("telegram/77", {"text": "answer", "reply_to": 1}, 200),
        ("telegram/77", {"location": [42.87, 74.59]}, 200),
        ("telegram/77", {"location": "here"}, 400),
        ("telegram/77", {"contact": "+996555000777"}, 200),
        ("telegram/77", {"sticker": "🙏"}, 200),
        ("telegram/77", {"delete": [2]}, 200),
        ("telegram/77", {"block": True}, 200),
        ("telegram/77", {"text": ""}, 400),
        ("telegram/77", {"dance": 1}, 400),
        ("phonebook", {"number": "+996555000778", "behaviour": "busy"}, 200),
        ("phonebook", {"number": "+996555000778", "behaviour": "odd"}, 400),
        ("softphones/op_1/connect", {"params": {"a": "b"}}, 201),
        ("faults", {"name": "status.lose", "times": 2}, 200),
        ("faults", {"name": "status.late", "share": 0.05, "seed": 1}, 200),
        ("faults", {"name": "status.late", "share": 5}, 400),
        ("urls", {"sms_url": f"{customer.url}/sms/other"}, 200),
        ("urls", {"odd": "x"}, 400),
    ]
    for path, body, status in moves:
        async with browser.post(f"{base}/{path}", json=body) as answer:
            assert (path, answer.status) == (path, status)
    async with browser.get(f"{base}/state") as answer:
        state = await answer.json()
    async with browser.get(f"{base}/telegram/77") as answer:
        found = await answer.json()
    assert [(one["content"].get("text"), one["edited"]) for one in found[:2]] == [
        ("/start again", True),
        (None, False),
    ]
    async with browser.get(f"{base}/telegram/77/chat") as answer:
        chat = await answer.json()
    assert (chat["blocked"], chat["deleted"], len(chat["messages"])) == (True, [2], 4)
    assert state["counters"]["sms.created"] == 1
    assert world.carrier.urls.sms_url.endswith("/sms/other")


async def test_files_by_hand(world: World, browser: aiohttp.ClientSession) -> None:
    def form(kind: str, *bodies: tuple[str, bytes], **more: str) -> aiohttp.FormData:
        made = aiohttp.FormData({"kind": kind, **more})
        for name, body in bodies:
            made.add_field("file", body, filename=name)
        return made

    base = f"{world.url}/_sim"
    one, svg = ("a.jpg", picture(90, 90)), ("a.svg", b"<svg onload='alert(1)'/>")
    moves = [
        (form("photo", one, one, caption="two"), 200, 2),
        (form("voice", ("v.oga", voice_note(2)), reply_to="1"), 200, 1),
        (form("document", svg), 200, 1),
        (form("photo"), 400, 0),
        (form("odd", one), 400, 0),
        (form("photo", one, reply_to="first"), 400, 0),
    ]
    for data, status, count in moves:
        async with browser.post(f"{base}/telegram/77/files", data=data) as answer:
            assert answer.status == status
            if count:
                assert len((await answer.json())["messages"]) == count
    two, _, voice, document = world.telegram_person(77).messages
    assert two.content["caption"] == "two"
    assert voice.reply_to == 1
    held = document.content["document"]
    assert isinstance(held, dict)
    async with browser.get(f"{base}/files/{held['file_id']}") as answer:
        assert await answer.read() == svg[1]
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.content_type == "application/octet-stream"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    async with browser.get(f"{base}/files/nothing") as answer:
        assert answer.status == 404


async def test_page_and_its_files_are_served_under_a_strict_policy(
    world: World, browser: aiohttp.ClientSession
) -> None:
    for path in ("/", "/hand/page.js", "/hand/page.css", "/hand/texts.json"):
        async with browser.get(f"{world.url}{path}") as answer:
            assert answer.status == 200
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
            text = await answer.text()
            assert "http://" not in text.replace("http://www.w3.org", "")
            assert "https://" not in text
    async with browser.get(f"{world.url}/hand/page.py") as answer:
        assert answer.status == 404


async def test_texts_of_the_page_are_complete_in_four_languages(
    world: World, browser: aiohttp.ClientSession
) -> None:
    async with browser.get(f"{world.url}/hand/texts.json") as answer:
        texts = await answer.json()
    assert set(texts) == {"ky", "ru", "uz", "en"}
    for language in texts.values():
        assert set(language) == set(texts["ru"])
        assert all(language.values())


async def test_journal_is_written_as_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    async with World(WorldConfig(journal_path=path)).running() as world:
        world.journal.write("something", call="CA1")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(one["kind"], one["call"]) for one in lines] == [("something", "CA1")]
