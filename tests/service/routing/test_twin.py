"""The match statement and matching.py decide alike, on random queues."""

from datetime import timedelta
from random import Random  # noqa: TID251 - seeded
from uuid import UUID

import pytest

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.audit.service import Audit
from hotline.contacts.model import Channel
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.routing import hands, matching, operatorstore, store
from hotline.routing.service import Routing, Rules
from hotline.routing.shifts import Shifts
from hotline.staff.phones import PhoneRules, Phones
from tests.builders import a_contact, an_actor

RELAXING = matching.Relaxing(topic=timedelta(seconds=60), language=timedelta(seconds=120))
RULES = Rules(timedelta(seconds=20), RELAXING.topic, RELAXING.language)
LANGUAGES = ("ky", "ru", "uz")
TOPICS = ("wages", "ban", None)


class Scene:
    """A random floor: who is on shift, who waits for how long."""

    def __init__(self, db: Database, vault: Vault, seed: int) -> None:
        self.db = db
        self.random = Random(seed)  # noqa: S311 - a replayable scene
        self.contacts = Contacts(vault)
        self.routing = Routing(db, self.contacts, Audit(db, vault.audit_mac), RULES)
        phones = Phones(db, vault, Audit(db, vault.audit_mac), PhoneRules(("+996",), numbers=True))
        self.shifts = Shifts(db, self.contacts, self.routing, phones, phone_modes=("fake",))
        self.actors: dict[UUID, Actor] = {}

    async def fill(self) -> None:
        pick = self.random
        for n in range(pick.randint(1, 4)):
            actor = an_actor(
                f"op{n}",
                Role.OPERATOR,
                languages=tuple(pick.sample(LANGUAGES, pick.randint(1, 2))),  # type: ignore[arg-type]  # plain strings
                skills=tuple(pick.sample(["wages", "ban"], pick.randint(0, 2))),
            )
            self.actors[actor.staff_id] = actor
            await self.shifts.start(actor, "fake")
            for hand in range(pick.randint(0, 2)):
                await self._in_hand(actor, hand)
        for n in range(pick.randint(1, 6)):
            await self._waits(n)

    async def _in_hand(self, actor: Actor, number: int) -> None:
        async with self.db.uow() as uow:
            held = await a_contact(uow, self.contacts, Channel.SMS, caller=f"{actor.name}{number}")
            await hands.assign(uow, held.id, actor.staff_id, "chat")

    async def _waits(self, number: int) -> None:
        pick = self.random
        async with self.db.uow() as uow:
            contact = await a_contact(
                uow,
                self.contacts,
                pick.choice((Channel.VOICE, Channel.TELEGRAM)),
                caller=f"w{number}",
                language=pick.choice(LANGUAGES),  # type: ignore[arg-type]  # plain strings
                topic=pick.choice(TOPICS),
                priority=pick.choice((0, 0, 300)),
            )
            contact = await self.contacts.set_intake(
                uow, contact, {}, danger=pick.choice((False, False, True))
            )
            contact = await self.contacts.wait(uow, contact)
            await self.routing.enqueue(uow, contact)
            await uow.execute(
                "update queue_entry set since = since - $2::interval, "
                "effective_at = effective_at - $2::interval where contact_id = $1",
                contact.id,
                timedelta(seconds=pick.choice((0, 30, 70, 130))),
            )
            if pick.random() < 0.3:
                wanted = pick.choice(list(self.actors))
                wait = timedelta(seconds=pick.choice((-1, 20)))
                await store.want(uow, contact.id, wanted, wait)

    async def possible(self) -> set[tuple[UUID, UUID]]:
        """Every pair that the words allow now."""
        async with self.db.uow() as uow:
            now = await uow.time()
            rows = await uow.fetch("select * from queue_entry")
            states = await operatorstore.operators(uow, list(self.actors))
        waiting = {
            row["contact_id"]: matching.Wanted(
                row["kind"],
                row["danger"],
                row["language"],
                row["topic"],
                row["since"],
                row["effective_at"],
                row["wanted"],
                row["wanted_until"],
            )
            for row in rows
        }
        able = {
            i: matching.Able(
                s, frozenset(self.actors[i].languages), frozenset(self.actors[i].skills)
            )
            for i, s in states.items()
        }
        calls = [w for w in waiting.values() if w.kind == "call"]
        return {
            (contact, staff)
            for contact, wanted in waiting.items()
            for staff, who in able.items()
            if matching.fits(wanted, who, RELAXING, now)
            and not (
                wanted.kind == "chat" and matching.kept_for_call(wanted, who, calls, RELAXING, now)
            )
        }


@pytest.mark.parametrize("seed", range(25))
async def test_statement_and_words_agree(db: Database, vault: Vault, seed: int) -> None:
    scene = Scene(db, vault, seed)
    await scene.fill()
    possible = await scene.possible()
    async with db.uow() as uow:
        pair = await store.match_one(
            uow, relax_topic=RELAXING.topic, relax_language=RELAXING.language
        )
    if pair is None:
        assert not possible
    else:
        assert pair in possible
