"""Records over HTTP: the shapes the desk relies on, and what others see: nothing."""

from typing import Any

import pytest

from hotline.access.model import Actor
from hotline.contacts.model import Channel
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.builders import ANA, BORIS, IGOR, MALLORY, VERA
from tests.service.stage_records import CAST, COMPLETE, UNKNOWN, Stage

EVERYBODY = (ANA, BORIS, VERA, IGOR, MALLORY)


@pytest.fixture
async def stage(db: Database, vault: Vault) -> Stage:
    made = Stage(db, vault)
    await made.hire(*CAST)
    return made


async def test_the_record_has_the_shape_of_the_contract(stage: Stage) -> None:
    contact = await stage.contact(topic="wages")
    path = f"/api/contacts/{contact.id}/record"
    async with stage.browser(*EVERYBODY) as browser:
        status, record = await browser.ask(ANA, "GET", path)
        assert status == 200
        assert record == {
            "contact_id": str(contact.id),
            "rev": 1,
            "state": "draft",
            "kind": None,
            "topic": "labour",
            "country": None,
            "region": None,
            "danger_now": None,
            "summary": None,
            "advice": None,
            "screening": [],
            "form_version": stage.form.version,
            "fields": {},
            "saved_at": None,
            "author": {"id": str(ANA.staff_id), "name": "Ana"},
        }
        body = {
            "base_rev": 1,
            "fields": {"summary": "с\u0000лова", "caller_role": "self", "screening": ["debt"]},
        }
        status, saved = await browser.ask(ANA, "PATCH", path, body)
    assert status == 200
    assert (saved["summary"], saved["fields"]) == ("слова", {"caller_role": "self"})
    assert saved["saved_at"].endswith("Z")
    assert saved["offer_escalation"] == {
        "level": "normal",
        "kind": "trafficking",
        "reasons": ["debt"],
    }


async def test_a_clash_answers_with_the_record(stage: Stage) -> None:
    contact = await stage.contact()
    path = f"/api/contacts/{contact.id}/record"
    async with stage.browser(*EVERYBODY) as browser:
        await browser.ask(ANA, "PATCH", path, {"base_rev": 1, "fields": {"summary": "Ana"}})
        body = {"base_rev": 1, "fields": {"summary": "Vera", "country": "RU"}}
        status, answer = await browser.ask(VERA, "PATCH", path, body)
    assert (status, answer["error"]) == (409, "record-conflict")
    assert answer["text"] == "error-record-conflict/ru"
    assert answer["fields"] == {"summary": "record-conflict"}
    assert (answer["record"]["summary"], answer["record"]["country"]) == ("Ana", "RU")
    assert answer["record"]["rev"] == 3


async def test_finish_with_gaps_and_without(stage: Stage) -> None:
    contact = await stage.contact()
    base = f"/api/contacts/{contact.id}"
    async with stage.browser(*EVERYBODY) as browser:
        gaps = {**COMPLETE, "outcome": None}
        await browser.ask(ANA, "PATCH", f"{base}/record", {"base_rev": 1, "fields": gaps})
        status, refused = await browser.ask(ANA, "POST", f"{base}/finish", {})
        assert (status, refused["fields"]) == (400, {"outcome": "required"})
        rest = {"outcome": "advice_given", "danger_now": "yes"}
        await browser.ask(ANA, "PATCH", f"{base}/record", {"base_rev": 2, "fields": rest})
        status, refused = await browser.ask(ANA, "POST", f"{base}/finish", {})
        assert (status, refused["error"]) == (400, "danger-without-escalation")
        reason = {"no_escalation_reason": "Полиция уже на месте"}
        status, done = await browser.ask(ANA, "POST", f"{base}/finish", reason)
    assert status == 200
    assert (done["contact"]["state"], done["contact"]["finished"]) == ("closed", True)


async def test_one_press_closes_a_silent_call(stage: Stage) -> None:
    contact = await stage.contact(channel=Channel.VOICE)
    path = f"/api/contacts/{contact.id}/non-data"
    async with stage.browser(*EVERYBODY) as browser:
        status, _ = await browser.ask(ANA, "POST", path, {"kind": "consultation"})
        assert status == 400
        status, done = await browser.ask(ANA, "POST", path, {"kind": "silent"})
    assert (status, done["contact"]["state"]) == (200, "closed")


async def test_what_is_known_of_a_contact(stage: Stage) -> None:
    earlier = await stage.contact("waiting", topic="wages")
    contact = await stage.contact(danger=True)
    async with stage.browser(*EVERYBODY) as browser:
        status, page = await browser.ask(ANA, "GET", f"/api/contacts/{contact.id}")
    assert status == 200
    assert set(page) == {"card", "timeline", "answers", "history", "channel_safe"}
    assert page["channel_safe"] is True
    assert page["answers"] == {"language": "ru", "topic": None, "danger": True}
    (before,) = page["history"]
    assert (before["id"], before["topic"]) == (str(earlier.id), "wages")
    reserved = next(e for e in page["timeline"] if e["kind"] == "reserved")
    assert reserved["staff"] == "Ana"


async def test_the_form_is_sent_once(stage: Stage) -> None:
    async with stage.browser(*EVERYBODY) as browser:
        path = "/api/forms/consultation"
        first = await browser.client.get(path, cookies={"h189-s": "ana"})
        tag = first.headers["ETag"]
        assert (await first.json())["version"] in tag
        assert first.headers["Cache-Control"] == "private, no-cache"
        again = await browser.client.get(
            path, cookies={"h189-s": "ana"}, headers={"If-None-Match": tag}
        )
        assert (again.status, await again.read()) == (304, b"")
        other = await browser.client.get(
            path, cookies={"h189-s": "ana"}, headers={"If-None-Match": '"1-old"'}
        )
        assert other.status == 200


@pytest.mark.parametrize("who", [BORIS, IGOR, MALLORY], ids=lambda who: who.name)
async def test_others_cannot_tell_it_from_nothing(stage: Stage, who: Actor) -> None:
    contact = await stage.contact(operator=ANA)
    asked: list[tuple[str, str, Any]] = [
        ("GET", "", None),
        ("GET", "/record", None),
        ("PATCH", "/record", {"base_rev": 1, "fields": {"summary": "x"}}),
        ("POST", "/finish", {}),
        ("POST", "/non-data", {"kind": "silent"}),
    ]
    async with stage.browser(*EVERYBODY) as browser:
        for method, tail, body in asked:
            real = await browser.ask(who, method, f"/api/contacts/{contact.id}{tail}", body)
            none = await browser.ask(who, method, f"/api/contacts/{UNKNOWN}{tail}", body)
            assert real == none
            assert real[0] == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"base_rev": "1", "fields": {}},
        {"base_rev": 1, "fields": []},
        {"base_rev": 2**40, "fields": {}},
        {"base_rev": 1, "fields": {}, "more": 1},
        {"base_rev": 1, "fields": {"summary": {"deep": []}}},
    ],
)
async def test_nonsense_is_a_bad_request(stage: Stage, body: object) -> None:
    contact = await stage.contact()
    async with stage.browser(*EVERYBODY) as browser:
        status, _ = await browser.ask(ANA, "PATCH", f"/api/contacts/{contact.id}/record", body)
    assert status == 400
