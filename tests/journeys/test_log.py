"""The log: found by filter, shown with everything, on record, and for nobody else."""

import aiohttp

from tests import dialects
from tests.desk import Desk
from tests.town import COMPLETE, Json, Town

CALLER = "+996555123456"
ASKER = 612345789
SUMMARY = "Паспорт отобрал хозяин, уйти не дают"
REASON = "Говорит шёпотом, рядом кто-то есть"


@dialects.on()
async def test_the_log_finds_contacts_by_every_filter(town: Town) -> None:
    ana, vera = await town.on_shift("ana"), await town.desk("vera")
    contact, chat, _ = await _two_contacts(town, ana)
    both = {contact, chat}
    for query, expected in (
        ({}, both),
        ({"channel": "voice"}, {contact}),
        ({"channel": "telegram"}, {chat}),
        ({"channel": "sms"}, set()),
        ({"language": "ru"}, both),
        ({"topic": "danger"}, {contact}),
        ({"operator": ana.me["id"]}, both),
        ({"operator": vera.me["id"]}, set()),
        ({"risk": "danger"}, {contact}),
        ({"risk": "escalated"}, {contact}),
        ({"risk": "none"}, {chat}),
        ({"state": "closed"}, both),
        ({"state": "waiting"}, set()),
        ({"to": "2020-01-01"}, set()),
    ):
        found = await vera.get("/api/log", **query)
        assert {row["id"] for row in found["rows"]} == expected, query
    reads = await town.rows("select 1 from audit_row where tag = 'staff:contact-log:read'")
    assert len(reads) == 14


@dialects.on()
async def test_a_supervisor_reads_a_contact_with_everything(town: Town) -> None:
    ana, vera = await town.on_shift("ana"), await town.desk("vera")
    contact, chat, case = await _two_contacts(town, ana)
    row = (await vera.get("/api/log", channel="voice"))["rows"][0]
    assert (row["operator"], row["kind"], row["outcome"]) == ("Ana", "consultation", "answered")
    assert (row["danger"], row["case"]["code"]) == (True, case["code"])
    page = await vera.get(f"/api/log/{contact}")
    assert page["record"]["summary"] == SUMMARY
    # Where there are no rooms nothing tells of the operator's leg.
    theirs = set() if town.settings.carrier.dialect == "somleng" else {"operator"}
    assert {leg["role"] for leg in page["legs"]} == {"caller"} | theirs
    assert all(leg["ended_at"] for leg in page["legs"])
    assert page["messages"] is None
    assert page["case"]["id"] == case["id"]
    kinds = [one["kind"] for one in page["timeline"]]
    assert [k for k in kinds if k in {"opened", "talking", "escalated", "closed"}] == [
        "opened",
        "talking",
        "escalated",
        "closed",
    ]
    other = await vera.get(f"/api/log/{chat}")
    assert other["messages"][0]["text"] == "Здравствуйте, подскажите про патент"
    assert other["legs"] == []
    await town.audited(vera, "staff:contact:read", contact)
    await town.audited(vera, "staff:contact:read", chat)


async def test_only_whose_it_is_may_look_or_touch(town: Town) -> None:
    ana, boris = await town.on_shift("ana"), await town.desk("boris")
    igor, vera = await town.desk("igor"), await town.desk("vera")
    contact, caller = await town.call(ana, CALLER)
    own = (
        ("GET", f"/api/contacts/{contact}"),
        ("GET", f"/api/contacts/{contact}/record"),
        ("PATCH", f"/api/contacts/{contact}/record"),
        ("POST", f"/api/contacts/{contact}/finish"),
        ("POST", f"/api/contacts/{contact}/non-data"),
        ("POST", f"/api/contacts/{contact}/escalate"),
        ("POST", f"/api/calls/{contact}/hangup"),
        ("GET", f"/api/chats/{contact}/messages"),
        ("POST", f"/api/chats/{contact}/messages"),
        ("POST", f"/api/chats/{contact}/close"),
    )
    bodies: dict[str, Json] = {
        "record": {"base_rev": 1, "fields": {"country": "RU"}},
        "non-data": {"kind": "prank"},
        "escalate": {"kind": "danger", "level": "urgent", "reason": "x"},
        "messages": {"client_id": "x", "text": "x"},
    }
    supervisors = (("GET", "/api/log"), ("GET", f"/api/log/{contact}"), ("GET", "/api/audit"))
    nowhere = await boris.refused("GET", "/api/contacts/nothing-of-the-kind")
    for method, path in (*own, *supervisors):
        body = bodies.get(path.rpartition("/")[2])
        for outsider in (boris, igor):
            assert await outsider.refused(method, path, body) == nowhere, (outsider.login, path)
    async with aiohttp.ClientSession(town.url, headers={"Origin": town.url}) as mallory:
        for method, path in (*own, *supervisors, ("GET", "/api/desk/snapshot")):
            async with mallory.request(method, path, json={}) as answer:
                assert answer.status == 401, path
    assert (await vera.get(f"/api/contacts/{contact}"))["card"]["id"] == contact
    await town.audited(vera, "staff:contact:read", contact)
    await town.card(ana, contact, "talking", call="live")
    await caller.hang_up()
    await town.written_up(ana, contact)


async def test_a_forged_request_of_a_signed_in_browser_is_refused(town: Town) -> None:
    ana = await town.desk("ana")
    forged: list[dict[str, str]] = [
        {},
        {"X-CSRF": "guessed"},
        {"X-CSRF": ana.csrf, "Origin": "http://evil.example"},
        {"X-CSRF": ana.csrf, "Sec-Fetch-Site": "cross-site"},
    ]
    for headers in forged:
        async with ana.http.post(
            "/api/shift/start", json={"phone_mode": "fake"}, headers=headers
        ) as answer:
            assert answer.status == 403, headers
    assert not await town.rows("select 1 from operator_state")


async def _two_contacts(town: Town, ana: Desk) -> tuple[str, str, Json]:
    """A call with an alarm and a chat, both over; and the case."""
    contact, caller = await town.call(ana, CALLER, "26")  # danger, by the menu
    case = await ana.escalate(contact, REASON)
    await caller.hang_up()
    await town.card(ana, contact, "wrap_up")
    await ana.record(contact, COMPLETE | {"danger_now": "yes", "summary": SUMMARY})
    await ana.post(f"/api/contacts/{contact}/finish")
    await town.over(contact, "answered")
    person = town.world.telegram_person(ASKER)
    await person.text("Здравствуйте, подскажите про патент")
    chat = await town.chatting(ana)
    await town.chat_over(ana, chat)
    return contact, chat, case
