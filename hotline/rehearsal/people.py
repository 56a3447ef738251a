"""What people do in a rehearsal: callers come, wait and lose patience; operators answer, or not."""

from collections.abc import Iterator
from random import Random  # noqa: TID251 - seeded, and the seed is printed, so a run can be replayed
from typing import Final
from uuid import UUID

from hotline.contacts.model import Channel, Contact, ContactState
from hotline.kernel.ids import CallerId
from hotline.rehearsal.agenda import Agenda
from hotline.rehearsal.figures import Figures
from hotline.rehearsal.floor import Floor
from hotline.rehearsal.plan import DAY_S, Member, Person, Plan, crowd, watch_s
from hotline.routing.events import OfferMade
from hotline.routing.model import Presence

_PRESS_S: Final = 5.0
_JOIN_S: Final = 4.0
_AWAY_S: Final = 120.0
_BREAK_S: Final = 900.0
_SILENT_S: Final = 30.0
_GIVEN_UP_S: Final = 150.0
_AGAIN_S: Final = 60.0
_FLOODS_S: Final = 14_400.0
_FLOOD_S: Final = 1_200.0
_AT_SEA: Final = 3


class People:
    """Everybody outside the program, each act put into the agenda."""

    def __init__(self, plan: Plan, agenda: Agenda, floor: Floor, figures: Figures) -> None:
        self._plan = plan
        self._agenda = agenda
        self._floor = floor
        self._figures = figures
        self._random = Random(f"{plan.seed}/habits")  # noqa: S311 - a replayable run
        self._crowd: Iterator[Person] = crowd(plan)
        self._members: dict[UUID, Member] = {}
        self._down: set[UUID] = set()
        self.here: dict[UUID, Person] = {}

    def begin(self, team: list[Member]) -> None:
        """The first caller, and the first watch of everybody."""
        for member in team:
            self._members[member.actor.staff_id] = member
            self._agenda.after(member.from_s or 0.0, self._comes_to_work, member)
        first = next(self._crowd, None)
        if first is not None:
            self._agenda.at(self._figures.moment(first.at_s), self._arrives, first)
        if self._plan.mishaps.behind:
            self._agenda.after(_FLOODS_S, self._flood)

    def answer_offers(self) -> None:
        """Who was just asked thinks about it; who let one run out comes back some time."""
        floor = self._floor
        for offer in floor.asked:
            self._consider(offer)
        floor.asked.clear()
        for staff_id in floor.missed:
            self._agenda.after(self._some(_AWAY_S), self._comes_back, self._members[staff_id])
        floor.missed.clear()
        for staff_id in floor.freed:
            self._figures.idle(staff_id)
        floor.freed.clear()

    # -------------------------------------------------------------------------------- callers

    async def _arrives(self, person: Person) -> None:
        later = next(self._crowd, None)
        if later is not None:
            self._agenda.at(self._figures.moment(later.at_s), self._arrives, later)
        self.here[person.id] = person
        contact = Contact(
            id=person.id,
            channel=Channel.VOICE if person.call else Channel.TELEGRAM,
            line="189",
            caller_id=CallerId(person.id),
            state=ContactState.INTAKE,
            rev=1,
            opened_at=self._agenda.now,
            language=person.language,
            topic=person.topic,
            danger=person.danger,
            priority=self._plan.head_start_s(person.topic, danger=person.danger),
        )
        await self._floor.arrives(
            contact,
            behind=person.behind,
            sealed=person.sealed,
            asks_for=self._somebody(person.asks_for),
        )
        if person.patience_s is not None:
            self._agenda.after(person.patience_s, self._loses_patience, person)
        if person.alarm_s is not None and not person.danger:
            self._agenda.after(person.alarm_s, self._alarms, person)

    async def _loses_patience(self, person: Person) -> None:
        contact = self._floor.contacts.rows.get(person.id)
        if contact is not None and contact.state in {ContactState.WAITING, ContactState.RESERVED}:
            await self._floor.leaves(contact)

    async def _alarms(self, person: Person) -> None:
        contact = self._floor.contacts.rows.get(person.id)
        if contact is not None and contact.state is ContactState.WAITING:
            head = self._plan.head_start_s(person.topic, danger=True)
            await self._floor.alarms(contact, head)

    async def _flood(self) -> None:
        await self._floor.flood(list(self._floor.mirror.waiting)[:_AT_SEA])
        self._agenda.after(_FLOOD_S, self._calms)
        self._agenda.after(self._some(_FLOODS_S), self._flood)

    async def _calms(self) -> None:
        await self._floor.calm()

    # ------------------------------------------------------------------------------ operators

    def _consider(self, offer: OfferMade) -> None:
        odds, member = self._plan.mishaps, self._members[offer.staff_id]
        self._figures.offered()
        self._agenda.at(offer.deadline, self._runs_out, offer)
        if self._plan.at_once:
            self._agenda.after(0.0, self._takes, member, offer)
            return
        chance, pause_s = self._random.random(), self._some(_PRESS_S)
        if chance < odds.passes:
            self._agenda.after(pause_s, self._passes, member, offer)
        elif chance >= odds.passes + odds.ignores:
            self._agenda.after(pause_s, self._takes, member, offer)

    async def _takes(self, member: Member, offer: OfferMade) -> None:
        if member.actor.staff_id in self._down:
            return
        worker = self._floor.mirror.workers[member.actor.staff_id]
        idle = not worker.hands
        contact = await self._floor.takes(member.actor, offer)
        if contact is None:
            return
        if idle:
            self._figures.busy(member.actor.staff_id)
        self._figures.taken(contact, member.actor.staff_id)
        if self._plan.at_once or contact.channel.kind == "chat":
            await self._meet(contact.id, contact.rev)
        else:
            self._agenda.after(self._some(_JOIN_S), self._meet, contact.id, contact.rev)

    async def _passes(self, member: Member, offer: OfferMade) -> None:
        if member.actor.staff_id not in self._down:
            await self._floor.passes(member.actor, offer)

    async def _runs_out(self, offer: OfferMade) -> None:
        if self._floor.stands(offer):
            await self._floor.expire()

    async def _meet(self, contact_id: UUID, rev: int) -> None:
        contact = self._current(contact_id, rev)
        if contact is None or contact.operator_id is None:
            return
        call = contact.channel.kind == "call"
        if (call and self._chance(self._plan.mishaps.no_join)) or contact.operator_id in self._down:
            await self._floor.lost(contact, "no_join")
            return
        contact = await self._floor.joins(contact)
        person = self.here[contact_id]
        if self._chance(self._plan.mishaps.hands_on):
            self._agenda.after(person.talk_s / 2, self._hands_on, contact_id, contact.rev)
        else:
            self._agenda.after(person.talk_s, self._parts, contact_id, contact.rev)

    async def _hands_on(self, contact_id: UUID, rev: int) -> None:
        contact = self._current(contact_id, rev)
        if contact is not None:
            wanted = self._somebody(self._random.random()) if self._chance(0.5) else None
            wanted = None if wanted == contact.operator_id else wanted
            await self._floor.hands_on(contact, wanted)

    async def _parts(self, contact_id: UUID, rev: int) -> None:
        contact = self._current(contact_id, rev)
        if contact is not None:
            contact = await self._floor.ends_talk(contact)
            wrap_up_s = self.here[contact_id].wrap_up_s
            self._agenda.after(wrap_up_s, self._writes_up, contact_id, contact.rev)

    async def _writes_up(self, contact_id: UUID, rev: int) -> None:
        contact = self._current(contact_id, rev)
        if contact is None:
            return
        if contact.operator_id in self._down:
            self._agenda.after(_AGAIN_S, self._writes_up, contact_id, rev)
            return
        await self._floor.writes_up(contact)

    async def _comes_to_work(self, member: Member) -> None:
        await self._floor.signs_on(member)
        self._figures.on(member.actor.staff_id)
        if member.from_s is None:
            return
        odds = self._plan.mishaps
        self._agenda.after(watch_s(), self._goes_home, member)
        self._agenda.after(DAY_S, self._comes_to_work, member)
        if odds.breaks_a_day:
            self._agenda.after(self._some(DAY_S / odds.breaks_a_day), self._rests, member)
        if odds.crashes_a_day:
            self._agenda.after(self._some(DAY_S / odds.crashes_a_day), self._breaks_down, member)

    async def _goes_home(self, member: Member) -> None:
        if member.actor.staff_id in self._down:
            self._agenda.after(_AGAIN_S, self._goes_home, member)
        elif await self._floor.signs_off(member.actor):
            self._figures.off(member.actor.staff_id)
        else:
            await self._floor.rests(member.actor)
            self._agenda.after(_AGAIN_S, self._goes_home, member)

    async def _rests(self, member: Member) -> None:
        if self._works(member):
            await self._floor.rests(member.actor)
            self._agenda.after(self._some(_BREAK_S), self._comes_back, member)

    async def _comes_back(self, member: Member) -> None:
        if self._works(member):
            await self._floor.returns(member.actor)

    async def _breaks_down(self, member: Member) -> None:
        if not self._works(member):
            return
        staff_id = member.actor.staff_id
        self._down.add(staff_id)
        away_s = _SILENT_S + self._some(_AWAY_S)
        self._agenda.after(_SILENT_S, self._falls_silent, member)
        if away_s > _GIVEN_UP_S:
            self._agenda.after(_GIVEN_UP_S, self._is_given_up, member)
        self._agenda.after(away_s, self._is_heard_again, member)

    async def _falls_silent(self, member: Member) -> None:
        await self._floor.falls_silent(member.actor.staff_id)

    async def _is_given_up(self, member: Member) -> None:
        await self._floor.is_given_up(member.actor.staff_id)

    async def _is_heard_again(self, member: Member) -> None:
        self._down.discard(member.actor.staff_id)
        await self._floor.is_heard_again(member.actor.staff_id)

    # --------------------------------------------------------------------------------- inside

    def _works(self, member: Member) -> bool:
        staff_id = member.actor.staff_id
        worker = self._floor.mirror.workers.get(staff_id)
        there = worker is not None and worker.state.presence is not Presence.OFFLINE
        return there and staff_id not in self._down

    def _current(self, contact_id: UUID, rev: int) -> Contact | None:
        """The contact, unless something else happened to it since."""
        contact = self._floor.contacts.rows.get(contact_id)
        return contact if contact is not None and contact.rev == rev else None

    def _somebody(self, which: float | None) -> UUID | None:
        """One of those at work, chosen by a share of them."""
        if which is None:
            return None
        there = [
            staff_id
            for staff_id, worker in self._floor.mirror.workers.items()
            if worker.state.presence is not Presence.OFFLINE
        ]
        return there[int(which * len(there))] if there else None

    def _some(self, mean_s: float) -> float:
        return self._random.expovariate(1 / mean_s)

    def _chance(self, odds: float) -> bool:
        return self._random.random() < odds
