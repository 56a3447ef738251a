"""The log over HTTP: the shapes the desk relies on, and what others see: nothing."""

import pytest

from hotline.access.model import Actor
from hotline.audit.tags import Tag
from hotline.contacts.model import Channel
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.routing import operatorstore
from hotline.routing.model import Ability
from hotline.routing.service import Routing
from tests.builders import ANA, BORIS, IGOR, MALLORY, VERA
from tests.service.routing.floor import RULES
from tests.service.stage_records import CAST, UNKNOWN, Stage

EVERYBODY = (ANA, BORIS, VERA, IGOR, MALLORY)


@pytest.fixture
async def stage(db: Database, vault: Vault) -> Stage:
    made = Stage(db, vault, page_size=2)
    await made.hire(*CAST)
    return made


async def test_a_row_has_the_shape_of_the_contract(stage: Stage) -> None:
    contact = await stage.contact()
    async with stage.browser(*EVERYBODY) as browser:
        status, log = await browser.ask(VERA, "GET", "/api/log")
        assert status == 200
        assert (len(log["rows"]), log["next"]) == (1, None)
        (row,) = log["rows"]
        assert {**row, "opened_at": 0, "wait_s": 0} == {
            "id": str(contact.id),
            "opened_at": 0,
            "channel": "telegram",
            "masked": "+996 555 ··· ·01",
            "language": "ru",
            "topic": None,
            "operator": "Ana",
            "length_s": None,
            "wait_s": 0,
            "kind": None,
            "outcome": None,
            "state": "talking",
            "danger": False,
            "risk": "none",
            "case": None,
        }
        status, page = await browser.ask(VERA, "GET", f"/api/log/{contact.id}")
    assert status == 200
    assert set(page) == {
        "row",
        "timeline",
        "record",
        "messages",
        "more",
        "legs",
        "left",
        "recordings",
        "case",
    }
    assert page["row"] == row


async def test_why_it_waited_says_names_and_goes_on_record(stage: Stage) -> None:
    contact = await stage.contact("waiting", Channel.VOICE)
    async with stage.db.uow() as uow:
        await operatorstore.sign_on(
            uow, ANA.staff_id, able=Ability({"ky": 2}, {}), max_chats=3, phone_mode="fake"
        )
        await Routing(stage.db, stage.contacts, stage.audit, RULES).enqueue(uow, contact)
    path = f"/api/contacts/{contact.id}/why"
    async with stage.browser(*EVERYBODY) as browser:
        status, answer = await browser.ask(VERA, "GET", path)
        nowhere = await browser.ask(VERA, "GET", f"/api/contacts/{UNKNOWN}/why")
        assert await browser.ask(ANA, "GET", path) == nowhere
        other = await stage.contact("intake", caller="2")
        assert (await browser.ask(VERA, "GET", f"/api/contacts/{other.id}/why"))[1] == {"why": None}
    why = answer["why"]
    assert (status, nowhere[0], why["waits"], why["on_shift"]) == (200, 404, True, 1)
    assert [(one["what"], one["asks"]["language"]) for one in why["lines"]] == [("came", "ru:2")]
    assert [(one["name"], one["main"]) for one in why["operators"]] == [("Ana", "language")]
    async with stage.db.reads() as uow:
        read = await uow.fetchval(
            "select count(*) from audit_row where tag = $1 and object_id = $2",
            Tag.CONTACT_READ,
            str(contact.id),
        )
    assert read == 1


async def test_the_cursor_goes_on(stage: Stage) -> None:
    made = [str((await stage.contact("waiting", caller=str(n))).id) for n in range(5)]
    seen = []
    async with stage.browser(*EVERYBODY) as browser:
        path = "/api/log?channel=telegram"
        while True:
            _, log = await browser.ask(VERA, "GET", path)
            seen += [row["id"] for row in log["rows"]]
            if log["next"] is None:
                break
            path = f"/api/log?channel=telegram&cursor={log['next']}"
    assert seen == made[::-1]


@pytest.mark.parametrize(
    "query", ["from=x", "risk=x", "operator=ana", "topic=%25", "cursor=x", "state=lost&channel=x"]
)
async def test_nonsense_is_a_bad_request(stage: Stage, query: str) -> None:
    async with stage.browser(*EVERYBODY) as browser:
        assert (await browser.ask(VERA, "GET", f"/api/log?{query}"))[0] == 400


@pytest.mark.parametrize("who", [ANA, IGOR, MALLORY], ids=lambda who: who.name)
async def test_others_cannot_tell_it_from_nothing(stage: Stage, who: Actor) -> None:
    contact = await stage.contact(operator=ANA)
    async with stage.browser(*EVERYBODY) as browser:
        real = await browser.ask(who, "GET", f"/api/log/{contact.id}")
        none = await browser.ask(who, "GET", f"/api/log/{UNKNOWN}")
        assert real == none
        assert real[0] == 404
        assert (await browser.ask(who, "GET", "/api/log"))[0] == 404


async def test_dead_letters_over_http(stage: Stage) -> None:
    async with stage.db.uow() as uow:
        uow.enqueue("case.duty_sms", {"page_id": 1}, lane="page:1")
        await uow.flush()
        await uow.execute("update job set state = 'dead', last_error = 'sms-failed'")
    async with stage.browser(*EVERYBODY) as browser:
        status, found = await browser.ask(IGOR, "GET", "/api/dead-letters")
        (job,) = found["jobs"]
        assert (status, job["error"], set(job)) == (
            200,
            "sms-failed",
            {"id", "kind", "attempts", "error", "lane", "at"},
        )
        path = f"/api/dead-letters/{job['id']}"
        for who in (ANA, MALLORY):
            assert (await browser.ask(who, "GET", "/api/dead-letters"))[0] == 404
            assert (await browser.ask(who, "POST", f"{path}/discard", {}))[0] == 404
        for number in ("x", "9" * 30, "-1"):
            bad = f"/api/dead-letters/{number}/retry"
            assert (await browser.ask(IGOR, "POST", bad, {}))[0] == 404
        assert await browser.ask(IGOR, "POST", f"{path}/retry", {}) == (200, {"again": True})
        assert await browser.ask(IGOR, "GET", "/api/dead-letters") == (200, {"jobs": []})
