"""Cases over HTTP: the shapes the desk relies on, and what others see: nothing."""

from typing import Any

import pytest

from hotline.access.model import Actor
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.builders import ANA, BORIS, IGOR, MALLORY, VERA
from tests.service.stage_records import CAST, UNKNOWN, Stage

EVERYBODY = (ANA, BORIS, VERA, IGOR, MALLORY)
WISH = {"kind": "trafficking", "level": "high", "reason": "Паспорт забрали"}


@pytest.fixture
async def stage(db: Database, vault: Vault) -> Stage:
    made = Stage(db, vault)
    await made.hire(*CAST)
    made.quiet.present = [VERA.staff_id]
    return made


async def test_a_case_from_raising_to_closing(stage: Stage) -> None:
    contact = await stage.contact(topic="wages")
    async with stage.browser(*EVERYBODY) as browser:
        status, card = await browser.ask(ANA, "POST", f"/api/contacts/{contact.id}/escalate", WISH)
        assert status == 200
        assert {**card, "id": 0, "code": 0, "raised_at": 0, "deadline_at": 0} == {
            "id": 0,
            "code": 0,
            "kind": "trafficking",
            "level": "high",
            "state": "open",
            "contact_id": str(contact.id),
            "raised_at": 0,
            "deadline_at": 0,
            "owner": {"id": str(VERA.staff_id), "name": "Vera"},
            "acked_at": None,
            "acked_by": None,
            "overdue": False,
            "step": 0,
            "sealed": False,
        }
        assert len(card["code"]) == 8
        status, listed = await browser.ask(VERA, "GET", "/api/cases")
        assert listed == {"cases": [card], "next": None}
        status, case = await browser.ask(VERA, "GET", f"/api/cases/{card['id']}")
        assert (case["case"], case["reason"]) == (card, WISH["reason"])
        assert case["contact"] == {
            "id": str(contact.id),
            "channel": "telegram",
            "language": "ru",
            "topic": "wages",
            "masked": "+996 555 ··· ·01",
        }
        base = f"/api/escalations/{card['id']}"
        _, taken = await browser.ask(VERA, "POST", f"{base}/ack", {})
        assert (taken["state"], taken["acked_by"]["name"]) == ("acknowledged", "Vera")
        status, _ = await browser.ask(VERA, "POST", f"{base}/note", {"text": "позвонила"})
        assert status == 200
        end = {"result": "helped", "text": "дома"}
        _, closed = await browser.ask(VERA, "POST", f"{base}/close", end)
        assert closed["state"] == "closed"
        for state, count in (("open", 0), ("acknowledged", 0), ("closed", 1), ("all", 1)):
            _, listed = await browser.ask(VERA, "GET", f"/api/cases?state={state}")
            assert len(listed["cases"]) == count
        _, case = await browser.ask(VERA, "GET", f"/api/cases/{card['id']}")
    assert [(e["kind"], e["fields"].get("text")) for e in case["timeline"]] == [
        ("raised", None),
        ("owner", None),
        ("acknowledged", None),
        ("note", "позвонила"),
        ("closed", "дома"),
    ]


async def test_the_second_person_is_told_so(stage: Stage) -> None:
    contact = await stage.contact()
    async with stage.browser(*EVERYBODY, *CAST) as browser:
        _, card = await browser.ask(ANA, "POST", f"/api/contacts/{contact.id}/escalate", WISH)
        path = f"/api/escalations/{card['id']}/ack"
        senya = CAST[3]
        assert (await browser.ask(senya, "POST", path, {}))[0] == 200
        status, answer = await browser.ask(VERA, "POST", path, {})
    assert (status, answer["error"]) == (409, "already-acknowledged")


@pytest.mark.parametrize("who", [BORIS, IGOR, MALLORY], ids=lambda who: who.name)
async def test_others_cannot_tell_it_from_nothing(stage: Stage, who: Actor) -> None:
    contact = await stage.contact()
    async with stage.browser(*EVERYBODY) as browser:
        _, card = await browser.ask(ANA, "POST", f"/api/contacts/{contact.id}/escalate", WISH)
        asked: list[tuple[str, str, Any]] = [
            ("GET", "/api/cases/{}", None),
            ("POST", "/api/escalations/{}/ack", {}),
            ("POST", "/api/escalations/{}/note", {"text": "x"}),
            ("POST", "/api/escalations/{}/close", {"result": "helped", "text": "x"}),
        ]
        for method, path, body in asked:
            real = await browser.ask(who, method, path.format(card["id"]), body)
            none = await browser.ask(who, method, path.format(UNKNOWN), body)
            assert real == none
            assert real[0] == 404
        assert (await browser.ask(who, "GET", "/api/cases"))[0] == 404
        path = f"/api/contacts/{contact.id}/escalate"
        assert (await browser.ask(who, "POST", path, WISH))[0] == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/contacts/{}/escalate", {**WISH, "level": "soon"}),
        ("/api/contacts/{}/escalate", {**WISH, "reason": "x" * 2001}),
        ("/api/escalations/{}/close", {"result": "lost", "text": "x"}),
        ("/api/escalations/{}/note", {"text": "x" * 4001}),
        ("/api/escalations/{}/note", {"text": " \n"}),
    ],
)
async def test_nonsense_is_a_bad_request(stage: Stage, path: str, body: object) -> None:
    async with stage.browser(*EVERYBODY) as browser:
        assert (await browser.ask(VERA, "POST", path.format(UNKNOWN), body))[0] == 400
        for query in ("state=lost", "cursor=x"):
            assert (await browser.ask(VERA, "GET", f"/api/cases?{query}"))[0] == 400
