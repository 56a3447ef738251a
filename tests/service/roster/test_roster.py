"""Planned shifts, absences and swaps: by whom they are changed, and what two at once come to."""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

from hotline.access.model import Actor
from hotline.infra.db import Database
from hotline.kernel.clock import SystemClock
from hotline.roster.plan import Json
from tests.builders import ANA, BORIS, IGOR, VERA
from tests.service.roster.conftest import SAIDA
from tests.service.stage_records import UNKNOWN, Browser

BISHKEK = ZoneInfo("Asia/Bishkek")
TODAY = SystemClock().now().astimezone(BISHKEK).date()
MONDAY = TODAY + timedelta(days=14 - TODAY.weekday())  # of a week to come


HAS_BORIS, HAS_SAIDA = ({"approve": True, "taken_by": str(one.staff_id)} for one in (BORIS, SAIDA))


def day(number: int) -> str:
    """Monday is 0."""
    return (MONDAY + timedelta(days=number)).isoformat()


def body(who: Actor, on: int, begin: str, end: str, **more: object) -> dict[str, object]:
    return {"staff": str(who.staff_id), "day": day(on), "from": begin, "to": end, **more}


async def plan(browser: Browser, who: Actor, on: int, begin: str, end: str) -> str:
    status, made = await browser.ask(VERA, "POST", "/api/roster/shifts", body(who, on, begin, end))
    assert status == 200, made
    return str(made["id"])


async def week(browser: Browser) -> Json:
    status, told = await browser.ask(VERA, "GET", f"/api/roster?week={day(3)}")
    assert status == 200
    return dict(told)


async def mine(browser: Browser, who: Actor) -> Json:
    status, told = await browser.ask(who, "GET", "/api/roster/mine")
    assert status == 200
    return dict(told)


async def offered(browser: Browser, shift: str, by: Actor, to: Actor | None = None) -> str:
    wanted = {"shift": shift, "to": str(to.staff_id) if to else None}
    status, made = await browser.ask(by, "POST", "/api/roster/swaps", wanted)
    assert status == 200, made
    return str(made["id"])


async def test_a_shift_is_planned_changed_and_removed_on_record(
    browser: Browser, db: Database
) -> None:
    shift = await plan(browser, ANA, 0, "08:00", "16:00")
    at = f"/api/roster/shifts/{shift}"
    (shown,) = (await week(browser))["shifts"]
    assert (shown["from"], shown["to"], shown["days"]) == ("08:00", "16:00", [day(0)])
    assert shown["begins_at"] == f"{day(0)}T02:00:00.000Z"
    assert shown["warnings"] == []
    assert (await mine(browser, ANA))["shifts"][0]["id"] == shift
    assert (await mine(browser, BORIS))["shifts"] == []

    night = body(BORIS, 1, "20:00", "06:30", rev=1)
    assert (await browser.ask(VERA, "PUT", at, night))[0] == 200
    (shown,) = (await week(browser))["shifts"]
    assert shown["days"] == [day(1), day(2)]  # SCH-2: over midnight, on both days
    assert shown["staff"] == str(BORIS.staff_id)
    assert shown["warnings"] == ["long", "closed"]
    assert (await browser.ask(VERA, "PUT", at, night))[0] == 409, "made from an old revision"
    assert (await browser.ask(VERA, "DELETE", at))[0] == 400
    assert (await browser.ask(VERA, "DELETE", f"{at}?rev=2"))[0] == 200
    assert (await week(browser))["shifts"] == []
    assert (await browser.ask(VERA, "DELETE", f"{at}?rev=3"))[0] == 404

    async with db.reads() as uow:
        rows = await uow.fetch("select tag, object_id, fields from audit_row order by id")
    assert [(row["tag"], row["object_id"], row["fields"]) for row in rows] == [
        ("staff:roster:changed", shift, [f"shift.{verb}"])
        for verb in ("planned", "changed", "removed")
    ]


async def test_what_cannot_be_planned_is_refused(browser: Browser) -> None:
    await plan(browser, ANA, 0, "08:00", "16:00")
    at = "/api/roster/shifts"

    status, said = await browser.ask(VERA, "POST", at, body(ANA, 0, "15:30", "20:00"))
    assert (status, said["error"]) == (409, "shift-overlaps")
    for wrong in (
        body(IGOR, 0, "08:00", "16:00"),  # answers nobody
        body(ANA, 700, "08:00", "16:00"),
        body(ANA, 0, "25:00", "16:00"),
        body(ANA, 0, "08:00+03:00", "16:00"),
    ):
        assert (await browser.ask(VERA, "POST", at, wrong))[0] == 400
    assert (await browser.ask(VERA, "GET", "/api/roster?week=soon"))[0] == 400
    for who in (ANA, IGOR):
        assert (await browser.ask(who, "POST", at, body(ANA, 1, "08:00", "16:00")))[0] == 404
        assert (await browser.ask(who, "GET", "/api/roster"))[0] == 404
    assert (await browser.ask(IGOR, "GET", "/api/roster/mine"))[0] == 404


async def test_two_shifts_at_once_for_one_person_are_one(browser: Browser) -> None:
    asked = [body(ANA, 0, f"{8 + n:02}:00", "18:00") for n in range(4)]

    answers = await asyncio.gather(
        *(browser.ask(VERA, "POST", "/api/roster/shifts", one) for one in asked)
    )

    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]
    assert len((await week(browser))["shifts"]) == 1


async def test_hours_without_a_language_are_named(browser: Browser) -> None:
    """SCH-3, and a closed Sunday is no gap."""
    await plan(browser, ANA, 0, "08:00", "20:00")
    await plan(browser, SAIDA, 0, "12:00", "20:00")

    gaps = (await week(browser))["gaps"]

    first = [(g["language"], g["from"], g["to"]) for g in gaps if g["day"] == day(0)]
    assert sorted(first) == [("en", "08:00", "20:00"), ("uz", "08:00", "12:00")]
    rest = [(g["language"], g["day"]) for g in gaps if g["day"] != day(0)]
    assert rest == [("any", day(n)) for n in range(1, 6)]


async def test_an_absence_is_asked_for_decided_and_uncovers(browser: Browser, db: Database) -> None:
    await plan(browser, ANA, 0, "08:00", "16:00")
    at, wish = "/api/roster/absences", {"first": day(0), "last": day(1)}
    status, made = await browser.ask(ANA, "POST", at, wish)
    assert status == 200
    again = await browser.ask(ANA, "POST", at, {"first": day(1), "last": day(3)})
    assert (again[0], again[1]["error"]) == (409, "absence-overlaps")
    for wrong in ({"first": day(1), "last": day(0)}, {"first": "2020-01-01", "last": day(0)}):
        assert (await browser.ask(ANA, "POST", at, wrong))[0] == 400
    before = await week(browser)
    assert [(a["first"], a["last"], a["state"]) for a in before["absences"]] == [
        (day(0), day(1), "asked")
    ]
    assert before["shifts"][0]["warnings"] == []
    status, other_week = await browser.ask(VERA, "GET", f"/api/roster?week={day(-7)}")
    assert (other_week["absences"], len(other_week["asked"])) == ([], 1), (
        "nobody has to look for it"
    )

    decide = f"{at}/{made['id']}/decide"
    assert (await browser.ask(BORIS, "POST", decide, {"approve": True}))[0] == 404
    assert (await browser.ask(VERA, "POST", decide, {"approve": True}))[0] == 200
    assert (await browser.ask(VERA, "POST", decide, {"approve": False}))[0] == 409
    after = await week(browser)
    assert after["shifts"][0]["warnings"] == ["absent"]
    assert ("any", day(0)) in [(g["language"], g["day"]) for g in after["gaps"]]

    own = f"{at}/{made['id']}"
    assert (await browser.ask(BORIS, "DELETE", own))[0] == 409
    assert (await browser.ask(ANA, "DELETE", own))[0] == 200
    assert (await week(browser))["shifts"][0]["warnings"] == []
    async with db.reads() as uow:
        rows = await uow.fetch("select fields from audit_row order by id offset 1")
    assert [row["fields"] for row in rows] == [
        [f"absence.{verb}"] for verb in ("asked", "approved", "withdrawn")
    ]


async def test_a_night_out_of_the_week_meets_the_absence_of_the_next(browser: Browser) -> None:
    await plan(browser, ANA, 6, "20:00", "08:00")
    await plan(browser, BORIS, -1, "20:00", "08:00")
    for who, on in ((ANA, 7), (BORIS, -1)):
        wish = {"first": day(on), "last": day(on)}
        made = (await browser.ask(who, "POST", "/api/roster/absences", wish))[1]["id"]
        decide = f"/api/roster/absences/{made}/decide"
        assert (await browser.ask(VERA, "POST", decide, {"approve": True}))[0] == 200

    told = await week(browser)

    assert [("absent" in one["warnings"]) for one in told["shifts"]] == [True, True]
    assert told["absences"] == [], "they are of other weeks"


async def test_a_shift_is_offered_taken_and_approved(browser: Browser) -> None:
    shift = await plan(browser, ANA, 0, "08:00", "16:00")
    swap = await offered(browser, shift, ANA, BORIS)
    twice = await browser.ask(ANA, "POST", "/api/roster/swaps", {"shift": shift, "to": None})
    assert twice[0] == 409, "offered already"
    assert (await mine(browser, SAIDA))["free"] == [], "it is not for her"
    (free,) = (await mine(browser, BORIS))["free"]
    assert (free["id"], free["state"], free["shift"]["id"]) == (swap, "offered", shift)
    at = f"/api/roster/swaps/{swap}"
    assert (await browser.ask(SAIDA, "POST", f"{at}/accept", {}))[0] == 409
    assert (await browser.ask(VERA, "POST", f"{at}/decide", HAS_BORIS))[0] == 409

    assert (await browser.ask(BORIS, "POST", f"{at}/accept", {}))[0] == 200
    (open_one,) = (await week(browser))["swaps"]
    assert (open_one["state"], open_one["taken_by"]) == ("accepted", str(BORIS.staff_id))
    assert (await browser.ask(VERA, "POST", f"{at}/decide", HAS_BORIS))[0] == 200

    told = await week(browser)
    assert ([s["staff"] for s in told["shifts"]], told["swaps"]) == ([str(BORIS.staff_id)], [])
    assert (await mine(browser, ANA))["shifts"] == []
    assert (await browser.ask(ANA, "DELETE", at))[0] == 409


async def test_who_decides_a_swap_sees_that_its_taker_is_away(browser: Browser) -> None:
    """In whatever week; colleagues do not see it."""
    shift = await plan(browser, ANA, 0, "08:00", "16:00")
    swap = await offered(browser, shift, ANA)
    wish = {"first": day(0), "last": day(0)}
    away = (await browser.ask(BORIS, "POST", "/api/roster/absences", wish))[1]["id"]
    decide = f"/api/roster/absences/{away}/decide"
    assert (await browser.ask(VERA, "POST", decide, {"approve": True}))[0] == 200
    (open_one,) = (await week(browser))["swaps"]
    assert open_one["shift"]["warnings"] == []

    await browser.ask(BORIS, "POST", f"/api/roster/swaps/{swap}/accept", {})

    elsewhere = (await browser.ask(VERA, "GET", "/api/roster"))[1]
    for told in (await week(browser), elsewhere):
        assert [one["shift"]["warnings"] for one in told["swaps"]] == [["absent"]]
    assert [one["shift"]["warnings"] for one in (await mine(browser, ANA))["offers"]] == [[]]


async def test_of_two_who_take_a_shift_at_once_one_has_it(browser: Browser) -> None:
    shift = await plan(browser, ANA, 0, "08:00", "16:00")
    swap = await offered(browser, shift, ANA)

    answers = await asyncio.gather(
        *(
            browser.ask(who, "POST", f"/api/roster/swaps/{swap}/accept", {})
            for who in (BORIS, SAIDA, VERA)
        )
    )

    assert sorted(status for status, _ in answers) == [200, 409, 409]


async def test_approving_and_changing_at_once_leave_one_plan(browser: Browser) -> None:
    shift = await plan(browser, ANA, 0, "08:00", "16:00")
    swap = await offered(browser, shift, ANA, BORIS)
    await browser.ask(BORIS, "POST", f"/api/roster/swaps/{swap}/accept", {})

    (approved, _), (changed, _) = await asyncio.gather(
        browser.ask(VERA, "POST", f"/api/roster/swaps/{swap}/decide", HAS_BORIS),
        browser.ask(
            VERA, "PUT", f"/api/roster/shifts/{shift}", body(SAIDA, 0, "10:00", "18:00", rev=1)
        ),
    )

    assert sorted((approved, changed)) == [200, 409]
    (shown,) = (await week(browser))["shifts"]
    assert shown["staff"] == str((BORIS if approved == 200 else SAIDA).staff_id)
    assert shown["rev"] == 2


async def test_a_changed_shift_is_offered_no_more_and_a_taken_one_must_fit(
    browser: Browser,
) -> None:
    shift = await plan(browser, ANA, 0, "08:00", "16:00")
    await plan(browser, BORIS, 0, "15:00", "20:00")
    swap = await offered(browser, shift, ANA)
    accept = f"/api/roster/swaps/{swap}/accept"
    assert (await browser.ask(BORIS, "POST", accept, {}))[0] == 409, "it overlaps his own"
    assert (await browser.ask(SAIDA, "POST", accept, {}))[0] == 200

    moved = body(ANA, 2, "08:00", "16:00", rev=1)
    assert (await browser.ask(VERA, "PUT", f"/api/roster/shifts/{shift}", moved))[0] == 200
    decide = f"/api/roster/swaps/{swap}/decide"
    assert (await browser.ask(VERA, "POST", decide, HAS_SAIDA))[0] == 409
    assert (await week(browser))["swaps"] == []

    swap = await offered(browser, shift, ANA, SAIDA)
    assert (await browser.ask(SAIDA, "DELETE", f"/api/roster/swaps/{swap}"))[0] == 409
    assert (await browser.ask(ANA, "DELETE", f"/api/roster/swaps/{swap}"))[0] == 200
    swap = await offered(browser, shift, ANA)
    refuse = f"/api/roster/swaps/{swap}/decide"
    assert (await browser.ask(VERA, "POST", refuse, {"approve": False}))[0] == 200
    assert (await browser.ask(VERA, "POST", refuse, {"approve": False}))[0] == 409
    gone = f"/api/roster/swaps/{UNKNOWN}/decide"
    assert (await browser.ask(VERA, "POST", gone, HAS_BORIS))[0] == 404
    himself = {"shift": shift, "to": str(ANA.staff_id)}
    assert (await browser.ask(ANA, "POST", "/api/roster/swaps", himself))[0] == 400
    assert (await browser.ask(BORIS, "POST", "/api/roster/swaps", {"shift": shift}))[0] == 409


async def test_a_shift_is_not_given_to_a_closed_account(browser: Browser, db: Database) -> None:
    shift = await plan(browser, ANA, 0, "08:00", "16:00")
    swap = await offered(browser, shift, ANA, BORIS)
    await browser.ask(BORIS, "POST", f"/api/roster/swaps/{swap}/accept", {})
    async with db.uow() as uow:
        await uow.execute("update staff set disabled_at = now() where id = $1", BORIS.staff_id)

    decide = f"/api/roster/swaps/{swap}/decide"
    status, said = await browser.ask(VERA, "POST", decide, HAS_BORIS)

    assert (status, said["error"]) == (409, "swap-taker-gone")
    assert [one["staff"] for one in (await week(browser))["shifts"]] == [str(ANA.staff_id)]
    assert (await browser.ask(VERA, "POST", decide, {"approve": False}))[0] == 200


async def test_who_took_a_shift_may_leave_it_until_it_is_decided(
    browser: Browser, db: Database
) -> None:
    shift = await plan(browser, ANA, 0, "08:00", "16:00")
    swap = await offered(browser, shift, ANA)
    accept, decide = (f"/api/roster/swaps/{swap}/{verb}" for verb in ("accept", "decide"))
    assert (await browser.ask(BORIS, "DELETE", accept))[0] == 409, "he did not take it"
    assert (await browser.ask(BORIS, "POST", accept, {}))[0] == 200
    assert (await browser.ask(SAIDA, "DELETE", accept))[0] == 409

    assert (await browser.ask(BORIS, "DELETE", accept))[0] == 200

    (open_one,) = (await week(browser))["swaps"]
    assert (open_one["state"], open_one["taken_by"]) == ("offered", None)
    assert (await browser.ask(VERA, "POST", decide, HAS_SAIDA))[0] == 409
    assert (await browser.ask(SAIDA, "POST", accept, {}))[0] == 200
    assert (await browser.ask(VERA, "POST", decide, HAS_SAIDA))[0] == 200
    assert (await browser.ask(SAIDA, "DELETE", accept))[0] == 409, "it is hers"
    assert [one["staff"] for one in (await week(browser))["shifts"]] == [str(SAIDA.staff_id)]
    async with db.reads() as uow:
        rows = await uow.fetch(
            "select fields from audit_row where object_id = $1 order by id", swap
        )
    assert [row["fields"] for row in rows] == [
        [f"swap.{verb}"] for verb in ("offered", "accepted", "left", "accepted", "approved")
    ]


async def test_who_was_not_seen_is_not_given_the_shift(browser: Browser) -> None:
    shift = await plan(browser, ANA, 0, "08:00", "16:00")
    swap = await offered(browser, shift, ANA)
    at = f"/api/roster/swaps/{swap}"
    await browser.ask(BORIS, "POST", f"{at}/accept", {})
    await browser.ask(BORIS, "DELETE", f"{at}/accept")
    await browser.ask(SAIDA, "POST", f"{at}/accept", {})

    for seen in (HAS_BORIS, {"approve": True, "taken_by": None}):
        status, said = await browser.ask(VERA, "POST", f"{at}/decide", seen)
        assert (status, said["error"]) == (409, "swap-over")
    assert [one["staff"] for one in (await week(browser))["shifts"]] == [str(ANA.staff_id)]
    assert (await browser.ask(VERA, "POST", f"{at}/decide", HAS_SAIDA))[0] == 200
    assert [one["staff"] for one in (await week(browser))["shifts"]] == [str(SAIDA.staff_id)]


async def test_leaving_and_approving_at_once_leave_one_plan(browser: Browser) -> None:
    shift = await plan(browser, ANA, 0, "08:00", "16:00")
    swap = await offered(browser, shift, ANA, BORIS)
    at = f"/api/roster/swaps/{swap}"
    await browser.ask(BORIS, "POST", f"{at}/accept", {})

    (approved, _), (left, _) = await asyncio.gather(
        browser.ask(VERA, "POST", f"{at}/decide", HAS_BORIS),
        browser.ask(BORIS, "DELETE", f"{at}/accept"),
    )

    assert sorted((approved, left)) == [200, 409]
    (shown,) = (await week(browser))["shifts"]
    assert shown["staff"] == str((BORIS if approved == 200 else ANA).staff_id)
