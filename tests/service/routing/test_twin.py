"""The functions in PostgreSQL and matching.py decide alike, on random queues."""

from dataclasses import replace
from datetime import timedelta
from random import Random  # noqa: TID251 - seeded
from uuid import UUID

import pytest

from hotline.contacts.model import Channel
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.routing import hands, matching, matchstore, operatorstore, sealstore
from hotline.routing.model import Ability
from tests.builders import a_contact, staff_id
from tests.service.routing.floor import RELAXING, Floor
from tests.service.routing.seen import read

LANGUAGES = ("ky", "ru", "tlh")  # one that the configuration does not know
TOPICS = ("wages", "ban", "gone", None)
WAITS = (0, 30, 70, 130, 250)


class Scene:
    """A random floor: who is on shift, who waits for how long, who passed what."""

    def __init__(self, db: Database, vault: Vault, seed: int) -> None:
        self.floor = Floor(db, vault)
        self.random = Random(seed)  # noqa: S311 - a replayable scene
        self.able: dict[UUID, Ability] = {}

    async def fill(self) -> None:
        pick = self.random
        for n in range(pick.randint(1, 6)):
            await self._comes(n)
        for n in range(pick.randint(1, 7)):
            await self._waits(n)

    async def _comes(self, number: int) -> None:
        pick = self.random
        who = staff_id(f"op{number}")
        self.able[who] = Ability(
            {one: pick.randint(1, 2) for one in pick.sample(LANGUAGES, pick.randint(1, 2))},
            {one: pick.randint(1, 2) for one in pick.sample(["wages", "ban"], pick.randint(0, 2))},
            senior=pick.random() < 0.3,
            reserve=pick.random() < 0.2,
        )
        most = pick.choice((1, 2, 3))
        async with self.floor.db.uow() as uow:
            await operatorstore.sign_on(
                uow,
                who,
                able=self.able[who],
                max_chats=most,
                phone_mode="fake",
                call_beside=pick.randint(0, most),
            )
            await uow.execute(
                "update operator_state set hard = $2, idle_since = now() - $3::interval "
                "where staff_id = $1",
                who,
                pick.randint(0, 2),
                timedelta(seconds=pick.choice((0, 100, 500))),
            )
            for hand in range(min(most, pick.choice((0, 0, 1, 2, 3)))):
                held = await a_contact(
                    uow, self.floor.contacts, Channel.SMS, caller=f"{number}{hand}"
                )
                await hands.assign(uow, held.id, who, "chat")

    async def _waits(self, number: int) -> None:
        pick = self.random
        async with self.floor.db.uow() as uow:
            contact = await a_contact(
                uow,
                self.floor.contacts,
                pick.choice((Channel.VOICE, Channel.TELEGRAM)),
                caller=f"w{number}",
                language=pick.choice(LANGUAGES),  # type: ignore[arg-type]  # also one that is gone
                topic=pick.choice(TOPICS),
                priority=pick.choice((0, 0, 300)),
            )
            contact = await self.floor.contacts.set_intake(
                uow, contact, {}, danger=pick.choice((False, True))
            )
            contact = await self.floor.contacts.wait(uow, contact)
            if pick.random() < 0.2:
                self.floor.seals.contacts.add(contact.id)
            await self.floor.routing.enqueue(uow, contact)
            await uow.execute(
                "update queue_entry set since = since - $2::interval, effective_at = effective_at "
                "- $2::interval, relax_at = relax_at - $2::interval where contact_id = $1",
                contact.id,
                timedelta(seconds=pick.choice(WAITS)),
            )
            if pick.random() < 0.3:
                wait = timedelta(seconds=pick.choice((-1, 20)))
                await sealstore.want(uow, contact.id, pick.choice(list(self.able)), wait)
            if pick.random() < 0.5:
                await self._was_asked(uow, contact.id)

    async def _was_asked(self, uow: Uow, contact_id: UUID) -> None:
        """Somebody passed, or missed it, some time ago."""
        pick = self.random
        await uow.execute(
            "insert into offer (id, contact_id, staff_id, state, deadline, ended_at) "
            "values (gen_random_uuid(), $1, $2, $3, now(), now() - $4::interval)",
            contact_id,
            pick.choice(list(self.able)),
            pick.choice(("passed", "expired")),
            timedelta(seconds=pick.choice((0, 60))),
        )


@pytest.mark.parametrize("seed", range(60))
async def test_functions_and_words_agree(db: Database, vault: Vault, seed: int) -> None:
    """In each pair each is the best for the other; in the end nobody is stranded."""
    scene = Scene(db, vault, seed)
    await scene.fill()
    await scene.floor.routing.relax()
    async with db.uow() as uow:
        # Either of the two kinds of wishes is enough where everybody on one side has one.
        spare = scene.random.choice(("contact_id", "staff_id", "class_id"))
        await uow.execute(f"delete from routing_wish where {spare} is not null")  # noqa: S608 - ours
        found = await matchstore.decide(uow, 100)
        seen = await read(uow, await uow.fetchval("select clock_timestamp()"))
        for contact, staff in found.pairs:
            first, *_ = seen.who(contact)
            assert staff == first
            assert contact == seen.longest(staff)
            seen.take(contact, staff)
        assert seen.stranded() == set()


def test_asking_less_is_never_asking_for_more() -> None:
    before = RELAXING.asks("ky", "ban", danger=False, senior=False, waited=timedelta(0))
    assert before == matching.Asks("ky:2", "ban:2")
    for seconds in WAITS:
        waited = timedelta(seconds=seconds)
        now = RELAXING.asks("ky", "ban", danger=False, senior=False, waited=waited)
        assert now.language in {before.language, "ky:1", None}
        assert now.topic in {before.topic, "ban:1", None}
        assert now.reserve >= before.reserve
        sealed = RELAXING.asks("ky", "ban", danger=False, senior=True, waited=waited)
        assert sealed == replace(now, senior=True, reserve=True)
        before = now
