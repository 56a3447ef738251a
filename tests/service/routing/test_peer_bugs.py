"""What other queue engines and inboxes are known for, made impossible here; each names its bug."""

from datetime import timedelta

from hotline.access.roles import Role
from hotline.contacts.model import Channel, Contact
from hotline.routing import sealstore
from tests.builders import ANA, BORIS, an_actor
from tests.service.routing.floor import Floor

DINA = an_actor("dina", Role.OPERATOR, languages=("uz",))


async def test_asterisk_1561_no_weight_makes_a_caller_starve(floor: Floor) -> None:
    """Weights and penalties together: a caller waited for ever. Here a priority is a head start."""
    plain = await floor.arrives("1")
    await floor.age(301)
    for number in range(5):
        await floor.arrives(f"urgent {number}", priority=300)
    await floor.shifts.start(ANA, "fake")
    await floor.routing.match()
    assert (await floor.the_offer(ANA)).contact_id == plain.id


async def test_asterisk_1691_longest_first_never_stops_all_offers(floor: Floor) -> None:
    """In front waits somebody whom nobody can take: those behind are offered all the same."""
    await floor.arrives("1", language="uz")
    behind = await floor.arrives("2")
    await floor.shifts.start(ANA, "fake")
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(ANA)).contact_id == behind.id


async def test_asterisk_1640_longest_first_does_not_skip_a_priority(floor: Floor) -> None:
    await floor.arrives("1")
    await floor.age(100)
    urgent = await floor.arrives("2", priority=600)
    await floor.shifts.start(ANA, "fake")
    await floor.routing.match()
    assert (await floor.the_offer(ANA)).contact_id == urgent.id


async def test_asterisk_1006_writing_up_holds_for_every_queue(floor: Floor) -> None:
    """Wrap-up ended early for agents of several queues. Here what is in hand is one number."""
    contact = await floor.writing_up(ANA)
    for language in ("ky", "ru"):
        await floor.arrives(language, language=language)
        await floor.arrives(f"{language} chat", Channel.TELEGRAM, language=language)
    assert await floor.routing.match() == 0
    async with floor.db.uow() as uow:
        current = await floor.contacts.get(uow, contact.id, lock=True)
        await floor.contacts.finish(uow, current, "consultation")
        await floor.routing.written_up(uow, contact.id)
    assert await floor.routing.match() == 1


async def test_freepbx_621_a_callback_keeps_its_place_and_passes_nobody(floor: Floor) -> None:
    """Returned callbacks came at a higher priority, and live callers waited behind all of them."""
    live = await floor.arrives("live")
    await floor.age(30)
    promised = await floor.arrives("promised")
    await floor.age(600)
    await _again(floor, promised)
    await floor.shifts.start(ANA, "fake")
    await floor.routing.match()
    assert (await floor.the_offer(ANA)).contact_id == live.id


async def test_freepbx_621_no_more_callbacks_are_offered_than_operators_are_free(
    floor: Floor,
) -> None:
    for number in range(5):
        await _again(floor, await floor.arrives(str(number)))
    await floor.shifts.start(ANA, "fake")
    await floor.shifts.start(BORIS, "fake")
    assert await floor.routing.match() == 2


async def test_chatwoot_10685_coming_online_serves_who_waits(floor: Floor) -> None:
    waits = await floor.arrives()
    assert await floor.routing.match() == 0
    await floor.shifts.start(ANA, "fake")
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(ANA)).contact_id == waits.id


async def test_chatwoot_4158_who_comes_back_is_not_kept_for_somebody_who_left(
    floor: Floor,
) -> None:
    waits = await floor.arrives()
    await floor.shifts.start(ANA, "fake")
    await floor.shifts.start(BORIS, "fake")
    async with floor.db.uow() as uow:
        await sealstore.want(uow, waits.id, ANA.staff_id, timedelta(seconds=20))
    await floor.shifts.end(ANA)
    assert await floor.routing.match() == 0
    async with floor.db.uow() as uow:
        await uow.execute("update queue_entry set wanted_until = now()")
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(BORIS)).contact_id == waits.id


async def test_chatwoot_14508_who_does_not_answer_does_not_keep_it(floor: Floor) -> None:
    waits = await floor.arrives(channel=Channel.TELEGRAM)
    await floor.shifts.start(ANA, "fake")
    await floor.routing.match()
    await floor.shifts.start(BORIS, "fake")
    await floor.overdue()
    await floor.routing.expire_due()
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(BORIS)).contact_id == waits.id


async def test_chatwoot_1198_nobody_gets_more_chats_than_their_limit(floor: Floor) -> None:
    small = an_actor("small", Role.OPERATOR, max_chats=1)
    await floor.shifts.start(small, "fake")
    for number in range(3):
        await floor.arrives(str(number), Channel.TELEGRAM)
    await floor.in_hand(small)
    assert await floor.routing.match() == 0


async def test_chatwoot_11034_chats_are_spread_over_who_has_fewest(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.shifts.start(BORIS, "fake")
    for number in range(4):
        await floor.arrives(str(number), Channel.TELEGRAM)
    for _ in range(2):
        await floor.routing.match()
        for actor in (ANA, BORIS):
            await floor.routing.accept(actor, (await floor.the_offer(actor)).id)
    assert [(await floor.operator(actor)).chats for actor in (ANA, BORIS)] == [2, 2]


async def _again(floor: Floor, contact: Contact) -> None:
    """The callback of somebody who waits: out of the queue and in it again, at its old place."""
    async with floor.db.uow() as uow:
        current = await floor.contacts.get(uow, contact.id, lock=True)
        await floor.routing.withdraw(uow, contact.id)
        await floor.routing.enqueue(uow, current)


async def test_passing_a_call_is_no_way_to_keep_taking_chats(floor: Floor) -> None:
    """With chats in hand, a call in front keeps others back, also while its pause runs."""
    await floor.shifts.start(ANA, "fake")
    call = await floor.arrives("call")
    await floor.routing.match()
    await floor.routing.pass_(ANA, (await floor.the_offer(ANA)).id, "other")
    await floor.arrives("1", Channel.SMS)
    await floor.in_hand(ANA)
    await floor.arrives("2", Channel.SMS)
    assert await floor.routing.match() == 0
    async with floor.db.uow() as uow:
        await floor.routing.withdraw(uow, call.id)
    assert await floor.routing.match() == 1


async def test_who_passed_is_asked_again_when_the_pause_is_over(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.routing.match()
    await floor.routing.pass_(ANA, (await floor.the_offer(ANA)).id, "other")
    assert await floor.routing.match() == 0
    async with floor.db.uow() as uow:
        await uow.execute("update offer set ended_at = ended_at - interval '15 seconds'")
        await uow.execute("update routing_wish set due_at = due_at - interval '15 seconds'")
    assert await floor.routing.match() == 1


async def test_danger_is_shared_fairly(floor: Floor) -> None:
    """Who had fewest contacts in danger today comes before who is idle longest."""
    await floor.shifts.start(ANA, "fake")
    await floor.arrives("1", Channel.TELEGRAM, danger=True)
    held = await floor.in_hand(ANA)
    async with floor.db.uow() as uow:
        current = await floor.contacts.talk(uow, held)
        current = await floor.contacts.end_talk(uow, current, ANA.staff_id)
        await floor.contacts.finish(uow, current, "consultation")
        await floor.routing.written_up(uow, held.id)
    await floor.shifts.start(BORIS, "fake")
    danger = await floor.arrives("2", danger=True)
    plain = await floor.arrives("3")
    assert await floor.routing.match() == 2
    assert (await floor.the_offer(BORIS)).contact_id == danger.id
    assert (await floor.the_offer(ANA)).contact_id == plain.id


async def test_supervisors_are_asked_when_the_reserve_is_open(floor: Floor) -> None:
    vera = an_actor("vera", Role.SUPERVISOR)
    await floor.shifts.start(vera, "fake")
    await floor.arrives()
    await floor.age(239)
    assert await floor.routing.match() == 0
    await floor.age(2)
    assert await floor.routing.match() == 1


async def test_a_sealed_case_waits_for_a_senior_however_long(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives(senior=True)
    await floor.age(10_000)
    assert await floor.routing.match() == 0
    await floor.shifts.start(an_actor("olga", Role.SENIOR), "fake")
    assert await floor.routing.match() == 1


async def test_what_the_configuration_no_longer_knows_is_not_asked(floor: Floor) -> None:
    async with floor.db.uow() as uow:
        await uow.execute("delete from routing_wish")
    await floor.shifts.start(DINA, "fake")
    await floor.arrives("1", language="uz", topic="wages")
    assert await floor.routing.match() == 0
    async with floor.db.uow() as uow:
        await uow.execute("update queue_entry set topic = 'gone', asks_topic = 'gone:1'")
    assert await floor.routing.begin() == 1
    assert await floor.routing.match() == 1
