"""What strangers and broken senders do: nothing, and nobody is lost by it."""

import io
import json
from typing import Any

from tests.desk import Desk
from tests.town import Town
from tests.wire import ASKER, CALL, CALLER, FORM, TEXT, Said, Wire, a_message

VOICE = ("in", "step", "hold", "hold-key", "bridge", "op", "after", "conf", "status", "silence")
CARRIER = (*(f"/voice/{name}" for name in VOICE), "/sms/in", "/sms/status")
STORED = ("caller", "contact", "call_leg", "conversation", "message", "inbox", "job")


async def test_what_the_carrier_did_not_sign_is_nothing(town: Town, wire: Wire) -> None:
    for path in CARRIER:
        form = TEXT if path.startswith("/sms") else CALL
        elsewhere = wire.signed("/voice/other", form)
        for headers in (
            {},
            {"X-Twilio-Signature": ""},
            {"X-Twilio-Signature": "bm90IHRoZSByaWdodCBvbmU="},
            {"X-Twilio-Signature": "ы" * 200},
            {"X-Twilio-Signature": "A" * 5000},
            elsewhere,
        ):
            said = await wire.carrier(path, form, {"X-Twilio-Signature": "none", **headers})
            assert said == Said(403, ""), path
    foreign = {**CALL, "AccountSid": "AC" + "9" * 32}
    assert await wire.carrier("/voice/in", foreign) == Said(403, "")
    await _nothing_stored(town)
    assert await wire.metric("webhooks_refused_total") == 6 * len(CARRIER) + 1


async def test_what_does_not_know_the_secret_is_not_telegram(town: Town, wire: Wire) -> None:
    update = json.dumps(a_message(1, "Здравствуйте, это не Telegram"))
    for secret in (None, "", "wrong", wire.secret["X-Telegram-Bot-Api-Secret-Token"][:-1], "ы"):
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        assert await wire.post("/telegram/webhook", update, headers) == Said(403, "")
    await _nothing_stored(town)
    assert await wire.metric("webhooks_refused_total") == 5


async def test_a_browser_may_not_post_to_the_edge(town: Town, wire: Wire) -> None:
    said = await wire.carrier("/voice/in", CALL, {"Origin": "http://evil.example"})
    assert said.status == 403
    await _nothing_stored(town)


async def test_a_call_with_odd_fields_is_still_a_call(town: Town, wire: Wire) -> None:
    odd: list[dict[str, str]] = [
        {"From": ""},
        {"From": "anonymous"},
        {"From": "+7378742833"},
        {"From": "sip:аня@кг\x00.example;x=\udcff"},
        {"From": "client:op_" + "0" * 32},
        {"From": "😀" * 300, "To": "\x00\udced"},
        {"CallSid": "\x00CA' or 1=1 --"},
        {"CallSid": "C" * 10_000},
        {"CallStatus": "exploded", "Digits": "💥", "SequenceNumber": "-9" * 40},
        {f"Field{n}": "x" * 100 for n in range(400)},
    ]
    for number, fields in enumerate(odd):
        form = {**CALL, "CallSid": f"CA{number:032}", **fields}
        said = await wire.carrier("/voice/in", form)
        assert said.status == 200, fields
        assert "ivr-welcome" in said.body, fields
        for name in VOICE[1:]:
            answer = await wire.carrier(f"/voice/{name}?n=-1;drop", {**form, "Digits": "\x00"})
            assert answer.status == 200, (name, fields)
        await wire.carrier("/voice/status", {**form, "CallStatus": "completed"})
    contacts = await town.rows("select id from contact")
    assert len(contacts) == len(odd)
    for contact in contacts:
        await town.over(contact["id"], "left_in_intake")


async def test_a_request_that_is_no_form_at_all_is_refused(town: Town, wire: Wire) -> None:
    big = b"x=" + b"y" * (town.settings.server.max_body_bytes + 1)
    for path in (*CARRIER, "/telegram/webhook"):
        for body, content_type in (
            (b"\xff\xfe\x00%%%=&&&=", FORM),
            (b"&".join(b"a%d=1" % n for n in range(3000)), FORM),
            (b"{}", "application/json"),
            (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
            (b"", "text/plain"),
        ):
            said = await wire.post(path, body, {"Content-Type": content_type})
            assert said == Said(403, ""), path
        said = await wire.post(path, io.BytesIO(big), {**wire.secret, "Content-Type": FORM})
        assert said.status == 413, path
    await _nothing_stored(town)


async def test_broken_bytes_in_a_text_cost_nothing_but_themselves(town: Town, wire: Wire) -> None:
    ana = await town.on_shift("ana")
    form = {**TEXT, "Body": "При\x00вет \udcff\udcfe вам, это я\udced"}
    said = await wire.carrier("/sms/in", form)
    assert said.status == 200
    contact = await town.chatting(ana)
    words = (await town.thread(ana, contact))[0]["text"]
    assert words.startswith("Привет")
    assert words.endswith("вам, это я\N{REPLACEMENT CHARACTER}")
    await town.chat_over(ana, contact)


async def test_an_update_that_is_not_json_is_refused(town: Town, wire: Wire) -> None:
    deep = (b"[" * 200_000, b'{"a":' * 50_000)
    for body in (b"", b"not json", b"\xff\xfe", b'{"update_id": NaN', *deep):
        said = await wire.post("/telegram/webhook", body, wire.secret)
        assert said == Said(400, ""), body[:20]
    await _nothing_stored(town)


async def test_updates_that_concern_nobody_are_taken_and_forgotten(town: Town, wire: Wire) -> None:
    group = {"id": -100123456789, "type": "supergroup", "title": "Группа земляков"}
    updates: list[Any] = [
        {"update_id": 1, "poll": {"id": "1", "question": "Как дела у вас"}},
        {"update_id": 2, "message": {"message_id": 1, "chat": group, "text": "Всем привет тут"}},
        {"update_id": 3, "channel_post": {"message_id": 1, "chat": group, "text": "Новость дня"}},
        {"update_id": 4, "my_chat_member": {"chat": group, "new_chat_member": {"status": "x"}}},
        {"update_id": 5, "callback_query": {"id": "1", "from": {"id": ASKER}}},
        {"update_id": 6, "message": {"message_id": 1, "chat": {"id": "ы", "type": "private"}}},
        {"update_id": 7, "message": "x"},
        {"update_id": 8, "message": {**a_message(8, "")["message"], "pinned_message": {"x": 1}}},
        {"update_id": 9},
    ]
    for update in updates:
        assert await wire.telegram(update) == Said(200, ""), update
    assert len(await town.rows("select 1 from inbox")) == len(updates)
    shapes: list[Any] = [[], "x", 1, None, {}, *({"update_id": x} for x in ("1", True, 1.5))]
    for shape in shapes:
        assert await wire.telegram(shape) == Said(200, ""), shape
    assert len(await town.rows("select 1 from inbox")) == len(updates)
    assert not await town.rows("select 1 from contact")


async def test_what_no_rule_understands_still_reaches_a_person(town: Town, wire: Wire) -> None:
    ana = await town.on_shift("ana")
    odd: list[dict[str, Any]] = [
        {"dice": {"emoji": "🎲", "value": 3}},
        {"text": ["не", "строка"]},
        {"text": "Слова \x00 с нулём и \ud800 половиной"},
        {"text": "а" * 100_000},
        {"venue": {}, "caption": "Я здесь, на вокзале"},
    ]
    for number, more in enumerate(odd):
        update = a_message(number + 1, "")
        update["message"] = {**update["message"], "message_id": number + 1, **more}
        if "text" not in more:
            del update["message"]["text"]
        assert (await wire.telegram(update)).status == 200, more
    contact = await town.chatting(ana)
    thread = [m for m in await town.thread(ana, contact) if m["from"] == "caller"]
    assert [m["kind"] for m in thread] == ["other", "other", "text", "text", "other"]
    assert thread[2]["text"].startswith("Слова")
    assert len(thread[3]["text"]) == 16_000
    assert thread[4]["text"] == "Я здесь, на вокзале"
    await town.chat_over(ana, contact)


async def test_the_desk_refuses_what_is_not_its_json(town: Town) -> None:
    ana = await town.on_shift("ana")
    contact, caller = await town.call(ana, CALLER)
    bodies = (b"", b"{", b"[]", b"null", b'"x"', b"NaN", b"\xff", b"[" * 100_000, b'{"\\u0000": 1}')
    for method, path in (
        ("POST", "/api/presence"),
        ("POST", f"/api/offers/{contact}/pass"),
        ("PATCH", f"/api/contacts/{contact}/record"),
        ("POST", f"/api/contacts/{contact}/non-data"),
        ("POST", f"/api/contacts/{contact}/escalate"),
        ("POST", f"/api/chats/{contact}/messages"),
        ("PATCH", "/api/me"),
    ):
        for body in bodies:
            status = await _status(ana, method, path, body)
            assert 400 <= status < 500, (path, status, body[:20])
    await caller.hang_up()
    await town.written_up(ana, contact)


async def test_the_log_refuses_filters_that_make_no_sense(town: Town) -> None:
    vera = await town.desk("vera")
    for query in (
        {"from": "yesterday"},
        {"to": "0001-01-01"},
        {"from": "9999-12-31T23:59:59-23:59"},
        {"channel": "pigeon post"},
        {"language": "\x00"},
        {"operator": "ana"},
        {"risk": "high' or 1=1"},
        {"state": "nowhere"},
        {"topic": "no.such\ud7ff"},
        {"cursor": "AAAA"},
        {"cursor": "\u0661"},
    ):
        async with vera.http.get("/api/log", params=query) as answer:
            assert answer.status == 400, query
    for path in ("/api/log/1", "/api/cases/\u0661", "/api/contacts/%00", "/api/chats/x/messages"):
        async with vera.http.get(path) as answer:
            assert answer.status == 404, path


async def _status(desk: Desk, method: str, path: str, body: bytes) -> int:
    headers = {"X-CSRF": desk.csrf, "Content-Type": "application/json"}
    async with desk.http.request(method, path, data=body, headers=headers) as answer:
        return answer.status


async def _nothing_stored(town: Town) -> None:
    """Nothing but facts about accounts, which this very town began with."""
    for table in STORED:
        rows = await town.rows(f"select to_jsonb(t) as row from {table} t")  # noqa: S608 - our own tables
        news = [one for one in rows if not str(one["row"].get("lane", "")).startswith("staff:")]
        assert news == [], table
