"""Too many calls, calls without a sign of life, blocked numbers: who is helped, who is told where.

Each hears how else to reach help, each is in a known end state, and a person can always overrule.
"""

from uuid import UUID

import pytest

from hotline.simulator import Fault, PhoneCaller
from tests.desk import Desk
from tests.journeys.heard import answered, hears_now, in_order
from tests.town import Json, Town
from tests.wire import CALLER, Wire

PREFIX = "+9965551"
FLOOD = "+99655510{:04d}"
CLEAN = "+996700987654"
CAPS = {"HOTLINE__FLOODS__PER_NUMBER": "2", "HOTLINE__FLOODS__PER_PREFIX": "3"}
SMALL = {"HOTLINE__FLOODS__PER_PREFIX": "1"}
SILENT = {"HOTLINE__FLOODS__SILENT": "always", "HOTLINE__FLOODS__SILENT_TURNS": "1"}
LISTENS = {"HOTLINE__TELEPHONY__SILENT_S": "1"}
ELSEWHERE = ["ky/ivr-elsewhere", "ru/ivr-elsewhere", "ky/ivr-emergency", "ru/ivr-emergency"]
DANGER = ["ru/ivr-danger", "ru/ivr-press-0"]
REASON = "Мешает другим дозвониться"


async def hour(town: Town) -> str:
    """A moment ahead, as a desk writes it."""
    rows = await town.rows("select now() + interval '1 hour' as until")
    return str(rows[0]["until"].isoformat())


async def turned_away(town: Town, wire: Wire, number: str) -> PhoneCaller:
    """Somebody calls, hears how else to reach help, and the call ends."""
    caller = town.world.phone(number)
    await caller.dial()
    await caller.wait_for("ky/ivr-elsewhere")
    contact = await town.contact_of(caller, "intake")
    told = await answered(town, wire, caller, "in")
    assert (told.verbs, told.plays) == (["Gather", "Redirect"], [*ELSEWHERE, *DANGER])
    assert await caller.wait_ended() == "completed"
    assert in_order(caller, *ELSEWHERE, *DANGER, "ru/ivr-goodbye")
    ended = await answered(town, wire, caller, "step")
    assert (ended.verbs, ended.plays) == (["Play", "Hangup"], ["ru/ivr-goodbye"])
    await town.over(contact, "rejected")
    assert await town.timeline(contact) == ["opened", "caller_left"]
    return caller


async def taken(town: Town, number: str) -> PhoneCaller:
    """Somebody calls and is asked for the language."""
    caller = town.world.phone(number)
    await caller.dial()
    await caller.wait_for("ky/ivr-welcome")
    return caller


async def leaves(town: Town, caller: PhoneCaller, outcome: str = "left_in_intake") -> None:
    """Somebody hangs up before anybody answered."""
    sid = caller.call.sid
    (leg,) = await town.rows("select contact_id from call_leg where sid = $1", sid)
    await caller.hang_up()
    await town.over(leg["contact_id"], outcome)


async def floods(desk: Desk) -> list[Json]:
    """What the page of the line shows."""
    found: list[Json] = (await desk.get("/api/line/floods"))["floods"]
    return found


@pytest.mark.parametrize("environ", [CAPS])
async def test_in_a_flood_others_are_answered_first_and_a_person_ends_it(
    town: Town, wire: Wire
) -> None:
    vera = await town.desk("vera")
    await number_at_its_cap(town, wire)
    assert await floods(vera) == [], "one number is no flood of its prefix"

    early, waits = await town.waiting(FLOOD.format(2))
    more = [await taken(town, FLOOD.format(n)) for n in (3, 4)]
    await turned_away(town, wire, FLOOD.format(5))
    (counted,) = await floods(vera)
    assert (counted["prefix"], counted["mode"], counted["by"]) == (PREFIX, "flood", None)
    await town.until("select 1 from queue_entry where contact_id = $1 and behind", waits)
    clean, other = await town.waiting(CLEAN)
    afraid, urgent = await in_danger(town, wire, FLOOD.format(6))
    for caller in more:
        await leaves(town, caller)

    ana = await town.on_shift("ana")
    assert (await town.talking(ana, afraid))["id"] == str(urgent)
    await afraid.hang_up()
    await town.written_up(ana, urgent, no_alarm="Ребёнок играл с телефоном")
    assert (await town.talking(ana, clean))["id"] == str(other)
    await clean.hang_up()
    body = {"prefix": PREFIX, "mode": "open", "until": await hour(town), "reason": REASON}
    (said,) = (await vera.put("/api/line/floods", body))["floods"]
    assert (said["mode"], said["by"]) == ("open", vera.me["id"])
    await town.until("select 1 from queue_entry where contact_id = $1 and not behind", waits)
    for caller in [await taken(town, FLOOD.format(n)) for n in range(10, 14)]:  # beyond the cap
        await leaves(town, caller)
    await town.written_up(ana, other)
    assert (await town.talking(ana, early))["id"] == str(waits)
    await early.hang_up()
    await town.written_up(ana, waits)


async def number_at_its_cap(town: Town, wire: Wire) -> None:
    """Two calls of one number are taken, the third is not; then all of them are over."""
    outside, line = town.world.carrier, town.settings.hotline.line
    twice = [outside.inbound(FLOOD.format(1), line) for _ in range(2)]
    await town.until("select 1 from call_leg where ended_at is null having count(*) = 2")
    await turned_away(town, wire, FLOOD.format(1))
    for call in twice:
        outside.legs.hang_up(call)
    await town.until("select 1 from contact where outcome = 'left_in_intake' having count(*) = 2")


async def in_danger(town: Town, wire: Wire, number: str) -> tuple[PhoneCaller, UUID]:
    """Somebody is turned away, says that they are in danger, and waits."""
    afraid = town.world.phone(number)
    await afraid.dial()
    await afraid.wait_for("ky/ivr-elsewhere")
    await afraid.press("0")
    await afraid.wait_for("ru/ivr-wait-danger")
    urgent = await town.contact_of(afraid, "waiting")
    assert (await answered(town, wire, afraid, "step")).waits
    return afraid, urgent


@pytest.mark.parametrize("environ", [SMALL])
async def test_when_a_flood_ends_by_itself_who_was_set_back_has_the_old_place(
    town: Town, wire: Wire
) -> None:
    early, waits = await town.waiting(CALLER)
    await early.press("9")  # and is off the line: the place is kept all the same
    await early.wait_for("ru/ivr-called-back")
    await turned_away(town, wire, FLOOD.format(1))
    await town.until("select 1 from queue_entry where contact_id = $1 and behind", waits)
    early.expect()
    await early.hang_up()
    clean, other = await town.waiting(CLEAN)

    await town.rows("update line_flood set until = now()")
    await town.now_due("line.flood_over")
    await town.until("select 1 from queue_entry where contact_id = $1 and not behind", waits)

    ana = await town.on_shift("ana")
    card = await town.accepted(ana)
    assert card["id"] == str(waits)
    await early.wait_ringing()
    early.pick_up()
    await early.wait_for("ru/ivr-gate")
    await early.wait_gather()
    await early.press("1")
    await early.wait_talking()
    await town.card(ana, waits, "talking")
    await early.hang_up()
    await town.written_up(ana, waits)
    assert (await town.talking(ana, clean))["id"] == str(other)
    await clean.hang_up()
    await town.written_up(ana, other)


@pytest.mark.parametrize("environ", [SILENT])
async def test_who_never_pressed_a_key_is_asked_for_one_and_then_let_go(
    town: Town, wire: Wire
) -> None:
    town.world.clock.factor *= 10  # all menus are heard to their end
    silent, here = town.world.phone(CALLER), town.world.phone(CLEAN)
    await silent.dial()
    assert await silent.wait_ended() == "completed"
    gone = await town.contact_of(silent, "closed")
    asked = ["ivr-wait", "ky/ivr-still-there", "ru/ivr-still-there", "hold-", "ru/ivr-goodbye"]
    assert in_order(silent, *asked)
    told = await answered(town, wire, silent, "hold")
    assert (told.verbs, told.plays) == (["Play", "Hangup"], ["ru/ivr-goodbye"])
    await town.over(gone, "silent")
    assert await town.timeline(gone) == ["opened", "waiting", "caller_left"]

    await here.dial()
    stays = await town.contact_of(here, "waiting")
    town.world.clock.factor /= 10
    await here.wait_for("ru/ivr-still-there")
    await here.press("5")
    await town.until("select 1 from contact where id = $1 and (intake->>'keyed')::boolean", stays)
    assert (await hears_now(wire, here, "hold?n=9")).waits
    await leaves(town, here, "abandoned")


@pytest.mark.parametrize("environ", [LISTENS])
async def test_a_call_without_a_sign_of_life_is_asked_about_and_only_then_removed(
    town: Town, wire: Wire
) -> None:
    lost, one = await town.waiting(CALLER)
    alive, two = await town.waiting(CLEAN)
    town.world.faults.arm(Fault.STATUS_NEVER_COMPLETED)

    await lost.hang_up()
    await town.over(one, "abandoned")

    def at(kind: str, **fields: object) -> int:
        return int(str(town.world.journal.find(kind, **fields)[-1]["seq"]))

    sid = lost.call.sid
    path = f"/2010-04-01/Accounts/{town.settings.carrier.account_sid}/Calls/{sid}.json"
    ended, untold = at("call.status", call=sid), at("webhook.lost", subject=sid)
    assert ended < untold < at("rest", method="GET", path=path, status=200)
    told = await hears_now(wire, lost, "hold?n=7")
    assert (told.verbs, told.plays) == (["Play", "Hangup"], ["ru/ivr-goodbye"])
    # Who lives is asked about as well, and keeps the place.
    await town.world.journal.wait_for("rest", method="GET", path=path.replace(sid, alive.call.sid))
    assert (await hears_now(wire, alive, "hold?n=7")).waits
    await leaves(town, alive, "abandoned")
    assert "abandoned" not in await town.timeline(two)


async def test_a_blocked_caller_hears_where_else_until_the_block_is_lifted_or_over(
    town: Town, wire: Wire
) -> None:
    vera = await town.desk("vera")
    caller, contact = await town.waiting(CALLER)
    await leaves(town, caller, "abandoned")
    body = {"contact": str(contact), "until": await hour(town), "reason": REASON}
    (block,) = (await vera.post("/api/line/blocks", body))["blocks"]
    assert (block["reason"], block["by"]) == (REASON, vera.me["id"])
    await town.audited(vera, "staff:line:changed", block["id"])

    await turned_away(town, wire, CALLER)
    assert (await vera.delete(f"/api/line/blocks/{block['id']}"))["blocks"] == []
    back = town.world.phone(CALLER)
    await back.dial()
    await back.wait_for("ru/ivr-notice")  # known, and spoken to as before
    await leaves(town, back)

    await vera.post("/api/line/blocks", body)
    await turned_away(town, wire, CALLER)
    await town.rows("update line_block set until = now()")
    body = {"number": CLEAN, "until": await hour(town), "reason": REASON}
    (other,) = (await vera.post("/api/line/blocks", body))["blocks"]
    assert other["masked"] != block["masked"]
    await back.dial()
    await back.wait_for("ru/ivr-notice")
    await leaves(town, back)
