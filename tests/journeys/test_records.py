"""The record of a contact: there from the start, written by two, and never closed half-done."""

import asyncio

from tests.town import COMPLETE, Town

CALLER = "+996555123456"
SUMMARY = "Паспорт отобрал хозяин, уйти не дают"


async def test_the_record_is_there_from_the_first_second(town: Town) -> None:
    ana = await town.on_shift("ana")
    town.telephone(ana).expect()  # still ringing: nobody talks yet
    caller = await town.caller(CALLER)
    card = await town.accepted(ana)
    await town.until("select 1 from consultation")
    record = await ana.get(f"/api/contacts/{card['id']}/record")
    assert (record["state"], record["topic"], record["saved_at"]) == ("draft", "prep", None)
    assert record["fields"] == {}
    assert record["author"] == {"id": ana.me["id"], "name": "Ana"}
    await caller.hang_up()
    await town.over(card["id"], "abandoned")
    await town.until("select 1 where not exists (select 1 from consultation)")  # it was blank


async def test_two_desks_write_into_one_record(town: Town) -> None:
    ana, vera = await town.on_shift("ana"), await town.desk("vera")
    contact, caller = await town.call(ana, CALLER)
    path = f"/api/contacts/{contact}/record"
    base = (await ana.get(path))["rev"]

    async with ana.live() as live:
        hers = await vera.patch(path, {"base_rev": base, "fields": {"country": "RU"}})
        await live.wait("record.changed", lambda one: one["contact_id"] == contact)
    mine = await ana.patch(path, {"base_rev": base, "fields": {"summary": SUMMARY}})
    assert (mine["country"], mine["summary"]) == ("RU", SUMMARY)
    assert mine["rev"] > hers["rev"] > base

    body = {"base_rev": base, "fields": {"country": "KZ", "outcome": "advice_given"}}
    status, said = await ana.refused("PATCH", path, body)
    assert (status, said["error"], said["fields"]) == (
        409,
        "record-conflict",
        {"country": "record-conflict"},
    )
    assert said["record"]["country"] == "RU"
    assert said["record"]["fields"]["outcome"] == "advice_given"
    after = {"base_rev": said["record"]["rev"], "fields": {"country": "KZ"}}
    assert (await ana.patch(path, after))["country"] == "KZ"
    written = await town.rows("select tag from audit_row where tag = 'staff:record:written'")
    assert len(written) >= 2
    await caller.hang_up()
    await town.written_up(ana, contact)


async def test_a_wrong_number_is_closed_in_one_press_in_mid_talk(town: Town) -> None:
    ana = await town.on_shift("ana")
    contact, caller = await town.call(ana, CALLER)

    done = await ana.post(f"/api/contacts/{contact}/non-data", {"kind": "wrong_number"})

    assert done["contact"]["finished"] is True
    await caller.wait_ended()
    await town.over(contact, "answered")
    rows = await town.rows("select closed_kind from contact")
    assert rows == [{"closed_kind": "wrong_number"}]
    await town.presence(ana, "available")
    again = await ana.post(f"/api/contacts/{contact}/non-data", {"kind": "wrong_number"})
    assert again["contact"]["finished"] is True


async def test_finishing_names_every_answer_that_is_missing(town: Town) -> None:
    ana = await town.on_shift("ana")
    contact, caller = await town.call(ana, CALLER)
    await caller.hang_up()
    await town.card(ana, contact, "wrap_up")
    finish = f"/api/contacts/{contact}/finish"

    status, said = await ana.refused("POST", finish)
    assert (status, set(said["fields"])) == (400, {"kind"})
    await ana.record(contact, {"kind": "consultation"})
    status, said = await ana.refused("POST", finish)
    assert (status, set(said["fields"])) == (400, {"danger_now", "outcome", "summary"})
    await town.state(contact, "wrap_up")

    await ana.record(contact, COMPLETE)
    assert (await ana.post(finish))["contact"]["finished"] is True
    await town.over(contact, "answered")
    status, said = await ana.refused(
        "PATCH", f"/api/contacts/{contact}/record", {"base_rev": 1, "fields": {"summary": "x"}}
    )
    assert (status, said["error"]) == (409, "contact-over")


async def test_two_presses_of_one_offer_are_one(town: Town) -> None:
    ana, again = await town.on_shift("ana"), await town.desk("ana")
    caller, contact = await town.waiting(CALLER)
    offer = await town.offer(ana)
    path = f"/api/offers/{offer['id']}/accept"
    answers = await asyncio.gather(ana.post(path), again.post(path), return_exceptions=True)
    assert sorted(isinstance(one, Exception) for one in answers) == [False, True]
    await caller.wait_talking()
    await town.card(ana, contact, "talking")
    await caller.hang_up()
    await town.written_up(ana, contact)
