"""What staff change at once is heard at once: closing, opening, what many ask; and information."""

from hotline.kernel.languages import as_lang
from tests.journeys.heard import answered, hears_now, in_order
from tests.journeys.test_crowds import hour, leaves
from tests.town import Town
from tests.wire import CALLER, Wire

OTHER = "+996700987654"
REASON = "Авария на подстанции"
LINE = "/api/line"
QUEUES = f"{LINE}/queues"
SHUT = {"door": "closed", "until": None}


async def test_one_press_closes_the_line_for_the_next_caller_and_one_opens_it(
    town: Town, wire: Wire
) -> None:
    vera = await town.desk("vera")
    before, kept = await town.waiting(OTHER)
    closed = await vera.post(f"{LINE}/close", {"until": None, "reason": REASON, "version": 0})
    assert (closed["open"], closed["closing"]["reason"]) == (False, REASON)

    await hears_that_it_is_shut(town, wire)

    opened = await vera.post(f"{LINE}/open")
    assert (opened["open"], opened["closing"]) == (True, None)
    again = town.world.phone(CALLER)
    await again.dial()
    await again.wait_for("ru/ivr-topic")
    await again.press("1")
    await again.wait_for("ru/ivr-wait")
    waits = await town.contact_of(again, "waiting")
    assert (await answered(town, wire, again, "step")).waits
    ana = await town.on_shift("ana")
    for one, theirs in ((before, kept), (again, waits)):  # who waited was left in the queue
        assert (await town.talking(ana, one))["id"] == str(theirs)
        await one.hang_up()
        await town.written_up(ana, theirs)


async def test_who_sits_at_a_desk_sees_what_is_shut_and_by_whom(town: Town) -> None:
    vera, ana = await town.desk("vera"), await town.on_shift("ana")
    async with ana.live() as live:
        await vera.put(f"{QUEUES}/calls", SHUT)
        said = await live.wait("line.shut")
        assert [(one["queue"], one["by"]) for one in said["shut"]] == [("calls", "Vera")]
        assert (await ana.get("/api/desk/snapshot"))["shut"] == said["shut"]


async def hears_that_it_is_shut(town: Town, wire: Wire) -> None:
    """The next caller: the menu, the numbers that help at any hour, and the end."""
    caller = await town.caller(CALLER)
    await caller.wait_for("ru/ivr-closed")
    contact = await town.contact_of(caller, "intake")
    menu = await answered(town, wire, caller, "step")
    assert menu.verbs == ["Gather", "Redirect"]
    assert menu.plays[:2] == ["ru/ivr-closed", "ru/ivr-emergency"]
    choices = menu.plays[2:]
    assert choices[:4] == [
        "ru/ivr-leave-message",
        "ru/ivr-press-1",
        "ru/ivr-information",
        "ru/ivr-press-2",
    ]
    assert choices[-2:] == ["ru/ivr-danger", "ru/ivr-press-0"]
    for key, prompt in (("2", "ivr-info-numbers"), ("2", "ivr-emergency")):
        await caller.press(key)
        await caller.wait_for(f"ru/{prompt}")
    await caller.wait_for("ru/ivr-leave-message")
    await caller.hang_up()
    await town.over(contact, "out_of_hours")
    assert "waiting" not in await town.timeline(contact)


async def test_a_full_or_closed_queue_says_so_and_danger_gets_through(
    town: Town, wire: Wire
) -> None:
    """On the telephone and in the bot, in one town."""
    vera = await town.desk("vera")
    before, kept = await town.waiting(OTHER)
    calls, chats = (await vera.put(f"{QUEUES}/calls", SHUT))["queues"]
    assert (calls["door"], calls["waiting"], chats["door"]) == ("closed", 1, "open")
    caller = await town.caller(CALLER)
    await caller.wait_for("ru/ivr-queue-closed")
    told = await answered(town, wire, caller, "step")
    words = calls["says"]["closed"]["voice"]["ru"]
    for play in told.plays:
        lang, _, prompt = play.partition("/")
        assert town.ground.texts.t(as_lang(lang), prompt) in words, "the page showed what is heard"
    await caller.press("0")
    await caller.wait_for("ru/ivr-wait-danger")
    afraid = await town.contact_of(caller, "waiting")

    await vera.put(f"{QUEUES}/chats", {"door": "overflow", "until": None})
    person = town.world.telegram_person(645678913)
    await person.start()
    for said, pressed in (
        ("bot-choose-language", "bot-language"),
        ("bot-topic", "bot-topic-ban"),
        ("bot-busy", "bot-consular-button"),
        ("bot-consular", "bot-danger"),
    ):
        await person.wait_for(town.ground.texts.t("ru", said))
        await person.press(town.ground.texts.t("ru", pressed))
    await person.wait_for(town.ground.texts.t("ru", "bot-wait-danger"))
    waits = await town.rows("select contact_id, danger from queue_entry order by effective_at")
    assert [row["danger"] for row in waits] == [True, True, False]
    assert (waits[0]["contact_id"], waits[2]["contact_id"]) == (afraid, kept)

    ana = await town.on_shift("ana")
    assert (await town.talking(ana, caller))["id"] == str(afraid)
    for one in (caller, before):
        await one.hang_up()


async def test_who_waits_hears_what_many_ask_as_soon_as_it_is_set(town: Town, wire: Wire) -> None:
    vera = await town.desk("vera")
    town.world.clock.factor *= 3
    caller, _ = await town.waiting(CALLER)
    until = await hour(town)
    for topic in ("wages", "ban"):
        await vera.put(f"{LINE}/announcement", {"topic": topic, "until": until})
        await caller.wait_for("ru/ivr-many-ask")
        assert f"ru/ivr-topic-{topic}" in (await caller.wait_for("ru/ivr-topic-")).what
    assert in_order(caller, "ru/ivr-wait", "hold-", "ivr-topic-wages", "hold-", "ivr-topic-ban")
    turn = await hears_now(wire, caller, "hold?n=2")
    assert turn.waits
    assert turn.plays[:2] == ["ru/ivr-many-ask", "ru/ivr-topic-ban"]

    await vera.put(f"{LINE}/announcement", {"topic": None, "until": None})
    (music,) = (await hears_now(wire, caller, "hold?n=2")).plays
    assert "hold-" in music
    await leaves(town, caller, "abandoned")


async def test_who_waits_hears_information_and_keeps_the_place(town: Town, wire: Wire) -> None:
    first, one = await town.waiting(CALLER)
    second, two = await town.waiting(OTHER)
    place = "select effective_at, since from queue_entry where contact_id = $1"
    before = await town.rows(place, one)

    await first.press("7")
    await first.wait_for("ru/ivr-info-about")
    menu = await answered(town, wire, first, "hold-key")
    assert menu.waits
    assert menu.plays == [
        "ru/ivr-info-about",
        "ru/ivr-press-1",
        "ru/ivr-info-numbers",
        "ru/ivr-press-2",
    ]
    for key, prompt in (("1", "ivr-about"), ("*", "ivr-wait"), ("7", "ivr-info-numbers")):
        await first.press(key)
        await first.wait_for(f"ru/{prompt}")
    await first.press("2")
    await first.wait_for("ru/ivr-emergency")
    article = await answered(town, wire, first, "hold-key")
    assert (article.waits, article.plays[0]) == (True, "ru/ivr-emergency")
    await first.wait_for("hold-")

    assert await town.rows(place, one) == before
    ana = await town.on_shift("ana")
    for caller, contact in ((first, one), (second, two)):
        assert (await town.talking(ana, caller))["id"] == str(contact)
        await caller.hang_up()
        await town.written_up(ana, contact)
