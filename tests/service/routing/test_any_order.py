"""A floor where everything happens at once, in any order, on several connections.

No contact is lost, none has two owners, nobody has more in hand than they can hold, and once all
transactions are done nobody waits beside somebody who could be asked.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from typing_extensions import override

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.contacts.model import Channel, ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from hotline.kernel.ids import ContactId, new_id
from hotline.routing import operatorstore, sealstore
from hotline.routing.matching import EXPERT, HELPS
from hotline.routing.model import Ability, Presence
from hotline.routing.seals import Seals
from tests.builders import an_actor
from tests.conftest import emptied
from tests.service.routing.floor import Floor
from tests.service.routing.seen import read

Act = dict[str, Any]
Begun = Callable[[], Awaitable[object]]
STAFF = (
    an_actor("ana", Role.OPERATOR, languages=("ky", "ru"), helps=("ru",), skills=("wages",)),
    an_actor("boris", Role.OPERATOR, languages=("ru",), max_chats=2),
    an_actor("dina", Role.SENIOR, languages=("uz",), skills=("ban", "wages"), expert=("ban",)),
    VERA := an_actor("vera", Role.SUPERVISOR, languages=("ru",)),
)
KINDS = (
    *("arrives",) * 4,
    *("accept",) * 4,
    *("finish",) * 2,
    *("hang_up",) * 2,
    *("pass", "miss", "leave", "lose", "keep", "break", "back", "sign", "match", "change"),
    *("pause", "rest", "late", "extend"),
    *("take", "take", "assign", "assign", "home", "asks_again", "seal", "open"),
)
ACT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "who": st.integers(0, len(STAFF) - 1),
        "which": st.integers(0, 20),
        "channel": st.sampled_from((Channel.VOICE, Channel.TELEGRAM)),
        "language": st.sampled_from(("ky", "ru", "uz")),
        "topic": st.sampled_from((None, "wages", "ban")),
        "priority": st.sampled_from((0, 300)),
        "danger": st.booleans(),
        "senior": st.sampled_from((False, False, False, True)),
    }
)
_LOADS = """
select o.staff_id from operator_state o cross join lateral (
  select count(*) filter (where a.kind <> 'chat') as calls,
         count(*) filter (where a.kind = 'chat') as chats,
         exists (select 1 from offer p
                 where p.staff_id = o.staff_id and p.state = 'pending') as offered
  from assignment a where a.staff_id = o.staff_id and a.until is null) n
where (o.calls, o.chats, o.offered) is distinct from (n.calls, n.chats, n.offered)
  or o.calls > 1 or o.chats > o.max_chats or o.calls > 0 and o.chats > o.call_beside
"""
_LOST = """
select c.id from contact c where c.state <> 'closed' and not case c.state
  when 'waiting' then exists (select 1 from queue_entry q where q.contact_id = c.id)
  when 'wrap_up' then 1 >= (
    select count(*) from assignment a where a.contact_id = c.id and a.until is null)
  else 1 = (select count(*) from assignment a where a.contact_id = c.id and a.until is null) end
union all
select contact_id from queue_entry where offered <> exists (
  select 1 from offer p where p.contact_id = queue_entry.contact_id and p.state = 'pending')
"""


class Shift(RuleBasedStateMachine):
    """What callers, operators and the sweeps may do, several at once."""

    def __init__(self, url: str, vault: Vault) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.runner.run(emptied(url))
        self.db = Database(url, pool_size=6)
        self.floor = Floor(self.db, vault)
        self.known: list[ContactId] = []
        self.staff = list(STAFF)

    @initialize(beside=st.tuples(*(st.integers(0, one.max_chats) for one in STAFF)))
    def everybody_comes(self, beside: tuple[int, ...]) -> None:
        """A call may go beside so many chats, for each of them."""
        self.staff = [replace(one, call_beside=n) for one, n in zip(STAFF, beside, strict=True)]
        self.runner.run(self._open())

    async def _open(self) -> None:
        for actor in self.staff:
            await self.floor.shifts.start(actor, "fake")

    @override
    def teardown(self) -> None:
        self.runner.run(self.db.close())
        self.runner.close()

    @rule(seconds=st.sampled_from((20, 70, 130)))
    def time_goes_by(self, seconds: int) -> None:
        """The queue waits, and nobody answered."""
        self.runner.run(self.floor.age(seconds))
        self.runner.run(self.floor.overdue())
        self.runner.run(self.floor.time_over())

    @rule(acts=st.lists(ACT, min_size=1, max_size=5))
    def at_once(self, acts: list[Act]) -> None:
        """Some of it at the same time; then it is quiet, and one match is enough."""
        self.runner.run(self._together([self._begun(act) for act in acts]))

    def _begun(self, act: Act) -> Begun:
        floor, actor = self.floor, self.staff[act["who"]]
        known = self.known[act["which"] % len(self.known)] if self.known else None
        kinds: dict[str, Begun] = {
            "arrives": partial(self._arrives, act),
            "accept": partial(self._answer, actor, accept=True),
            "pass": partial(self._answer, actor, accept=False),
            "finish": partial(self._finish, actor),
            "break": partial(floor.shifts.set, actor, Presence.BREAK, "meal"),
            "back": partial(floor.shifts.set, actor, Presence.AVAILABLE, None),
            "sign": partial(floor.shifts.start, actor, "fake"),
            "miss": floor.routing.expire_due,
            "change": partial(self._changes, actor, act),
            "hang_up": partial(self._hang_up, actor),
            "pause": partial(floor.shifts.pause, actor),
            "rest": floor.shifts.end_pauses,
            "late": floor.shifts.end_wrap_ups,
            "home": partial(floor.shifts.end, actor),
        }
        if known is not None:
            kinds |= {
                "leave": partial(self._leaves, known),
                "lose": partial(self._is_lost, known),
                "keep": partial(self._keep, known, actor),
                "extend": partial(floor.shifts.extend, actor, known, "record"),
                "take": partial(floor.picking.take, actor, known, new_id()),
                "assign": partial(floor.picking.assign, VERA, known, actor.staff_id, new_id()),
                "asks_again": partial(self._asks_again, known, danger=act["danger"]),
                "seal": partial(self._seal, known, sealed=True),
                "open": partial(self._seal, known, sealed=False),
            }
        return kinds.get(act["kind"], floor.routing.match)

    async def _together(self, acts: list[Begun]) -> None:
        async def one(act: Begun) -> None:
            with contextlib.suppress(Conflict, Forbidden, Invalid, NotFound):
                await act()

        await asyncio.gather(*(one(act) for act in acts))
        async with self.db.reads() as uow:
            quiet = await uow.fetchval("select clock_timestamp()")
        await self.floor.routing.match()
        async with self.db.reads() as uow:
            assert [r["staff_id"] for r in await uow.fetch(_LOADS)] == []
            assert [r["id"] for r in await uow.fetch(_LOST)] == []
            assert (await read(uow, quiet)).stranded() == set()

    async def _arrives(self, act: Act) -> None:
        contact = await self.floor.arrives(
            str(len(self.known)),
            act["channel"],
            language=act["language"],
            topic=act["topic"],
            priority=act["priority"],
            danger=act["danger"],
            senior=act["senior"],
        )
        self.known.append(contact.id)

    async def _answer(self, actor: Actor, *, accept: bool) -> None:
        for offer in await self.floor.offers(actor):
            if accept:
                await self.floor.routing.accept(actor, offer.id)
            else:
                await self.floor.routing.pass_(actor, offer.id, "other")

    async def _finish(self, actor: Actor) -> None:
        async with self.db.uow() as uow:
            held = await self.floor.contacts.of_operator(uow, actor.staff_id)
            for one in held[:1]:
                contact = await self.floor.contacts.get(uow, one.id, lock=True)
                contact = await self.floor.contacts.talk(uow, contact)
                contact = await self.floor.contacts.end_talk(uow, contact, actor.staff_id)
                await self.floor.contacts.finish(uow, contact, "consultation")
        for one in held[:1]:
            async with self.db.uow() as uow:
                await self.floor.routing.written_up(uow, one.id)

    async def _changes(self, actor: Actor, act: Act) -> None:
        """Their account says something else now: one language, and one topic best."""
        able = Ability({act["language"]: HELPS + act["which"] % 2}, {act["topic"] or "ban": EXPERT})
        async with self.db.uow() as uow:
            await operatorstore.renew(
                uow,
                actor.staff_id,
                able=able,
                max_chats=actor.max_chats,
                call_beside=actor.call_beside,
            )

    async def _hang_up(self, actor: Actor) -> None:
        async with self.db.uow() as uow:
            held = await self.floor.contacts.of_operator(uow, actor.staff_id)
            talks = [one for one in held if one.live][:1]
            for one in talks:
                contact = await self.floor.contacts.get(uow, one.id, lock=True)
                contact = await self.floor.contacts.talk(uow, contact)
                await self.floor.contacts.end_talk(uow, contact, actor.staff_id)
        for one in talks:
            async with self.db.uow() as uow:
                await self.floor.routing.caller_gone(
                    uow, await self.floor.contacts.get(uow, one.id)
                )

    async def _leaves(self, contact_id: ContactId) -> None:
        async with self.db.uow() as uow:
            contact = await self.floor.contacts.get(uow, contact_id, lock=True)
            await self.floor.contacts.caller_left(uow, contact)
        async with self.db.uow() as uow:
            contact = await self.floor.contacts.get(uow, contact_id)
            await self.floor.routing.caller_gone(uow, contact)

    async def _is_lost(self, contact_id: ContactId) -> None:
        contact = await self.floor.contact(contact_id)
        if contact.operator_id is not None:
            await self.floor.lost(contact)
            await self.floor.again(contact)

    async def _asks_again(self, contact_id: ContactId, *, danger: bool) -> None:
        """A key of who waits: for danger, or for the same."""
        async with self.db.uow() as uow:
            contact = await self.floor.contacts.get(uow, contact_id, lock=True)
            if contact.state is ContactState.WAITING:
                contact = await self.floor.contacts.set_intake(uow, contact, {}, danger=danger)
                await self.floor.routing.enqueue(uow, contact)

    async def _seal(self, contact_id: ContactId, *, sealed: bool) -> None:
        """Said at once, and followed after others may have done something."""
        change = self.floor.seals.contacts.add if sealed else self.floor.seals.contacts.discard
        change(contact_id)
        async with self.db.uow() as uow:
            await Seals(self.floor.routing).seal(uow, [contact_id], sealed=sealed)

    async def _keep(self, contact_id: ContactId, actor: Actor) -> None:
        async with self.db.uow() as uow:
            await sealstore.want(uow, contact_id, actor.staff_id, timedelta(seconds=20))


def test_nobody_is_lost_whatever_happens_at_once(schema: str, vault: Vault) -> None:
    begin: Any = partial(Shift, schema, vault)  # each example begins a new shift
    settings = hypothesis.settings(max_examples=10, stateful_step_count=20)
    run_state_machine_as_test(begin, settings=settings)
