"""An alarm: raised by an operator, heard by supervisors, and climbing until somebody takes it."""

from uuid import UUID

from hotline.simulator import SmsPerson
from tests.town import COMPLETE, Json, Town, eventually

CALLER = "+996555123456"
REASON = "Говорит шёпотом, рядом кто-то есть"


async def test_danger_is_not_closed_in_silence(town: Town) -> None:
    ana = await town.on_shift("ana")
    contact, caller = await town.call(ana, CALLER)
    await caller.hang_up()
    await town.card(ana, contact, "wrap_up")
    saved = await ana.record(contact, COMPLETE | {"danger_now": "yes"})
    assert saved["offer_escalation"] is not None

    status, said = await ana.refused("POST", f"/api/contacts/{contact}/finish")
    assert (status, said["error"]) == (400, "danger-without-escalation")

    await ana.escalate(contact, REASON)
    await ana.post(f"/api/contacts/{contact}/finish")
    await town.over(contact, "answered")


async def test_danger_that_the_caller_told_is_not_waved_away(town: Town) -> None:
    ana = await town.on_shift("ana")
    contact, caller = await town.call(ana, CALLER, "20")
    await caller.hang_up()
    await town.card(ana, contact, "wrap_up")

    status, said = await ana.refused("POST", f"/api/contacts/{contact}/non-data", {"kind": "prank"})

    assert (status, said["error"]) == (400, "danger-without-escalation")
    await town.written_up(ana, contact, "prank", no_alarm="Дети смеялись в трубку")


async def test_a_supervisor_sees_the_alarm_and_takes_it(town: Town) -> None:
    ana, vera = await town.on_shift("ana"), await town.on_shift("vera")
    contact, caller = await town.call(ana, CALLER)
    async with vera.live() as live, ana.live() as other:
        case = await ana.escalate(contact, REASON)
        alert = await live.wait("escalation.alert")
        assert (alert["id"], alert["level"], alert["state"]) == (case["id"], "urgent", "open")
        assert alert["owner"] == {"id": vera.me["id"], "name": "Vera"}
        snapshot = await vera.get("/api/desk/snapshot")
        assert [one["id"] for one in snapshot["escalations"]] == [case["id"]]

        taken = await vera.post(f"/api/escalations/{case['id']}/ack")
        assert (taken["state"], taken["acked_by"]["name"]) == ("acknowledged", "Vera")
        await live.wait("escalation.changed", lambda one: one["state"] == "acknowledged")
        assert not list(other.events("escalation.alert"))
    assert not await town.rows("select 1 from job where kind = 'case.climb'")

    page = await vera.get(f"/api/cases/{case['id']}")
    assert page["reason"] == REASON
    assert [one["kind"] for one in page["timeline"]] == ["raised", "owner", "acknowledged"]
    await vera.post(f"/api/escalations/{case['id']}/note", {"text": "Звоню в полицию Оша"})
    result = {"result": "helped", "text": "Человек в безопасности, вывезли"}
    closed = await vera.post(f"/api/escalations/{case['id']}/close", result)
    assert closed["state"] == "closed"
    for path in ("/api/cases", f"/api/cases/{case['id']}"):
        assert (await ana.refused("GET", path))[0] == 404
    await town.audited(vera, "staff:case:read", case["id"])
    await caller.hang_up()
    await town.written_up(ana, contact)


async def test_an_alarm_nobody_takes_climbs_to_the_next_person_and_the_duty_phone(
    town: Town,
) -> None:
    ana, vera, galina = [await town.on_shift(name) for name in ("ana", "vera", "galina")]
    contact, caller = await town.call(ana, CALLER)
    duty = town.world.sms(town.settings.duty.phone)
    async with vera.live() as live, galina.live() as next_one:
        case = await ana.escalate(contact, REASON)
        await live.wait("escalation.alert", lambda one: one["step"] == 0)
        await _pass(town, case, minutes=8)
        await live.wait("escalation.alert", lambda one: one["step"] == 1)
        assert duty.inbox == []

        await _pass(town, case, minutes=8)
        alert = await next_one.wait("escalation.alert", lambda one: one["step"] == 2)
        assert alert["owner"] == {"id": galina.me["id"], "name": "Galina"}
        assert alert["overdue"] is True
        text = await duty.wait_for(case["code"])
        assert REASON not in text
        assert not any(sign in text for sign in ("555", "паспорт", "Ana"))

        await _pass(town, case, minutes=15)
        await live.wait("escalation.alert", lambda one: one["step"] == 3)
        await galina.post(f"/api/escalations/{case['id']}/ack")
    status, said = await vera.refused("POST", f"/api/escalations/{case['id']}/ack")
    assert (status, said["error"]) == (409, "already-acknowledged")
    assert not await town.rows(
        "select 1 from job where kind = 'case.climb' and state in ('ready', 'running')"
    )
    await town.until(
        "select 1 from page having count(*) filter (where target = 'duty_phone'"
        " and state = 'sent') = 2"
    )
    await eventually(lambda: _arrived(duty, 2))
    await caller.hang_up()
    await town.written_up(ana, contact)


async def _pass(town: Town, case: Json, *, minutes: int) -> None:
    """So much time goes by for an escalation."""
    await town.rows(
        "update hotline_case set ladder_at = ladder_at - make_interval(mins => $2),"
        " next_at = next_at - make_interval(mins => $2),"
        " deadline_at = deadline_at - make_interval(mins => $2) where id = $1",
        UUID(case["id"]),
        minutes,
    )
    await town.now_due("case.climb")


async def _arrived(phone: SmsPerson, number: int) -> bool:
    return len(phone.inbox) == number
