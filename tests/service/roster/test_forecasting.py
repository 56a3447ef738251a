"""The forecast from contacts in the database, against the plan."""

from hotline.infra.db import Database
from hotline.kernel.ids import new_id
from tests.builders import ANA, BORIS, VERA
from tests.service.roster.test_roster import day, plan
from tests.service.stage_records import Browser

# One call of thirty minutes in every half hour of eight weeks, day and night: one erlang.
PAST = """
insert into contact (id, channel, line, caller_id, language, state, outcome, intake, opened_at,
                     waiting_since, talking_since, caller_left_at, closed_at)
select gen_random_uuid(), 'voice', '189', $1, 'ru', 'closed', 'answered', '{}', at, at,
  at + interval '10 seconds', at + interval '25 minutes', at + interval '1810 seconds'
from generate_series(now() - interval '60 days', now(), interval '30 minutes') as at
"""
# Of forty who gave up after twenty minutes each; and what needs no operator, or measures nothing.
LOST = """
insert into contact (id, channel, line, caller_id, language, state, outcome, intake, opened_at,
                     waiting_since, talking_since, caller_left_at, closed_at)
select gen_random_uuid(), 'voice', '189', $1, 'uz', 'closed', how, '{}', at,
  case how when 'left_in_intake' then null else at end,
  case how when 'unfinished' then at end, at + interval '20 minutes', at + interval '9 days'
from generate_series(now() - interval '42 days', now() - interval '3 days', interval '1 day') as at,
  unnest(array['abandoned', 'left_in_intake', 'unfinished']) as how
"""


async def history(db: Database, *statements: str) -> None:
    caller = new_id()
    async with db.uow() as uow:
        await uow.execute(
            "insert into caller (id, number_sealed, masked) values ($1, '', '')", caller
        )
        for statement in statements:
            await uow.execute(statement, caller)


async def test_constant_traffic_gives_the_result_of_hand(browser: Browser, db: Database) -> None:
    """FC-1: with one erlang 67 % are answered in 20 s by two, 91 % by three."""
    await history(db, PAST)
    for who, begin, end in ((ANA, "08:00", "16:00"), (BORIS, "12:00", "20:00")):
        await plan(browser, who, 0, begin, end)

    status, told = await browser.ask(VERA, "GET", f"/api/forecast?week={day(2)}")

    assert status == 200
    assert (told["zone"], told["week"], told["weeks"]) == ("Asia/Bishkek", day(0), 8)
    assert told["slots"][17] == {"day": day(0), "clock": "08:30", "open": True}
    assert told["assumptions"]["patience_s"] is None
    russian, uzbek = told["languages"]["ru"], told["languages"]["uz"]
    assert russian["based_on"]["call"] == {
        "contacts": 56 * 48,
        "weeks": 8,
        "handling_s": 1800,
        "enough": True,
    }
    assert set(russian["calls"]) == {1}
    assert set(russian["needed"]) == {3}
    assert [russian["planned"][n] for n in (15, 16, 24, 39, 40)] == [0, 1, 2, 1, 0]
    assert (russian["level"][16], russian["level"][24]) == (0, 0.67)
    assert uzbek["based_on"]["call"]["enough"] is False
    assert set(uzbek["needed"]) == {None}, "FC-4"
    assert told["languages"]["all"]["needed"] == russian["needed"]


async def test_a_scenario_changes_the_numbers(browser: Browser, db: Database) -> None:
    await history(db, PAST, LOST)
    at = "/api/forecast/scenario"

    measured = (await browser.ask(VERA, "GET", "/api/forecast"))[1]
    status, told = await browser.ask(VERA, "POST", at, {"target": 0.95, "load_factor": 2})
    patient = (await browser.ask(VERA, "POST", at, {"patience_s": 30, "weeks": 6}))[1]

    assert status == 200
    # All the waiting there was, answered callers' too, by the forty who gave up.
    assert 1200 < measured["measured"]["patience_s"] < 2200
    assert measured["assumptions"]["patience_s"] > 1200
    assert measured["languages"]["uz"]["based_on"]["call"]["contacts"] == 2 * 40
    assert measured["languages"]["uz"]["based_on"]["call"]["handling_s"] == 1800
    russian = told["languages"]["ru"]
    assert set(russian["calls"]) == {2}
    assert set(russian["needed"]) == {6}
    assert set(russian["erlang_a"]) == {None}
    assert set(patient["languages"]["ru"]["needed"]) == {2}, "who hangs up makes room"
    assert patient["languages"]["ru"]["based_on"]["call"]["weeks"] == 6


async def test_what_cannot_be_supposed_is_refused(browser: Browser) -> None:
    at = "/api/forecast/scenario"
    for wrong in ({"target": 1}, {"shrinkage": 1}, {"patience_s": 0}, {"weeks": 99}, {"x": 1}):
        assert (await browser.ask(VERA, "POST", at, wrong))[0] == 400
    assert (await browser.ask(ANA, "GET", "/api/forecast"))[0] == 404
    status, told = await browser.ask(VERA, "GET", "/api/forecast")
    assert status == 200
    assert not any(
        told["languages"]["all"]["based_on"][kind]["enough"] for kind in ("call", "chat")
    )
