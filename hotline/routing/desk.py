"""What one operator's desk shows of routing: own state, offers, contacts in hand, the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hotline.access.model import Actor
from hotline.contacts.model import CHANNELS, CallerSeen, Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.ids import CallerId, ContactId, StaffId
from hotline.routing import hands, operatorstore, store, waiting
from hotline.routing.hands import WrapUp
from hotline.routing.model import Offer, OperatorState, QueueItem, shown_state
from hotline.routing.ports import CallStates, ChatStates, Unread

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Around:
    """What cards need beside the contact itself."""

    callers: dict[CallerId, CallerSeen]
    calls: dict[ContactId, Json]
    wrap_ups: dict[ContactId, WrapUp]
    unread: dict[ContactId, int]
    chats: dict[ContactId, Json]


class Desk:
    """Turns routing's rows into what the desk shows; see docs/api.md for the shapes."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        call_states: CallStates,
        unread: Unread,
        chat_states: ChatStates,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._call_states = call_states
        self._unread = unread
        self._chat_states = chat_states

    async def snapshot(self, uow: Uow, actor: Actor) -> Json:
        """Presence, offers, contacts in hand and the queue of one operator."""
        staff_id = actor.staff_id
        operator = (await operatorstore.operators(uow, [staff_id])).get(staff_id)
        mine = await self._contacts.of_operator(uow, staff_id)
        joined = await hands.joined(uow, staff_id)
        mine += [await self._contacts.get(uow, contact_id) for contact_id in joined]
        return {
            "presence": presence_json(operator),
            "offers": await self._offers(uow, staff_id),
            "mine": await self.cards(uow, mine, actor),
            "queue": [queue_json(i) for i in await waiting.queue(uow, limit=waiting.SHOWN)],
            "queue_stats": await self.stats(uow),
        }

    async def stats(self, uow: Uow) -> Json:
        """How many wait on which channel, and since when the longest does."""
        counts, longest = await waiting.queue_counts(uow)
        return {
            "waiting": sum(counts.values()),
            "longest_since": longest,
            "by_channel": dict.fromkeys(CHANNELS, 0) | counts,
        }

    async def cards(self, uow: Uow, contacts: Sequence[Contact], actor: Actor) -> list[Json]:
        """ContactCards in the order given, as this person may see them."""
        ids = [c.id for c in contacts]
        around = _Around(
            callers=await self._contacts.callers(uow, [c.caller_id for c in contacts]),
            calls=await self._call_states.call_states(uow, ids, actor),
            wrap_ups=await hands.wrap_ups(uow, ids),
            unread=await self._unread.unread(uow, ids),
            chats=await self._chat_states.chat_states(uow, ids),
        )
        return [_card_json(c, around) for c in contacts]

    async def card(self, uow: Uow, contact_id: UUID, actor: Actor) -> Json:
        """One ContactCard."""
        return (await self.cards(uow, [await self._contacts.get(uow, contact_id)], actor))[0]

    async def live_card(self, body: Json, actor: Actor) -> Json | None:
        """Fill in `contact.card`; nothing for somebody who no longer has the contact."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, UUID(body["contact_id"]))
            if contact.operator_id != actor.staff_id and contact.id not in await hands.joined(
                uow, actor.staff_id
            ):
                return None
            return (await self.cards(uow, [contact], actor))[0]

    async def live_offer(self, body: Json, actor: Actor) -> Json | None:
        """Fill in `call.offer` and `chat.offer`; nothing when it ended meanwhile."""
        async with self._db.uow() as uow:
            offers = await self._offers(uow, actor.staff_id)
        return next((o for o in offers if str(o["id"]) == body["id"]), None)

    async def live_stats(self, _body: Json, _actor: Actor) -> Json:
        """Fill in `queue.stats` with the numbers of now."""
        async with self._db.uow() as uow:
            return await self.stats(uow)

    async def live_item(self, body: Json, _actor: Actor) -> Json | None:
        """Fill in `queue.item`; nothing when the contact waits no longer."""
        async with self._db.uow() as uow:
            item = await waiting.queue_item(uow, UUID(body["id"]))
        return queue_json(item) if item else None

    async def live_presence(self, _body: Json, actor: Actor) -> Json:
        """Fill in `presence.self` with the state of now."""
        async with self._db.uow() as uow:
            operator = (await operatorstore.operators(uow, [actor.staff_id])).get(actor.staff_id)
        return {"presence": presence_json(operator)}

    async def _offers(self, uow: Uow, staff_id: StaffId) -> list[Json]:
        shown = []
        for offer in await store.pending_offers(uow, staff_id=staff_id):
            contact = await self._contacts.get(uow, offer.contact_id)
            seen = await self._contacts.callers(uow, [contact.caller_id])
            shown.append(_offer_json(offer, contact, seen[contact.caller_id]))
        return shown


def presence_json(operator: OperatorState | None) -> Json:
    """What the desk shows of an operator's own state."""
    if operator is None:
        return {
            "state": "offline",
            "reason": None,
            "since": None,
            "until": None,
            "calls": 0,
            "chats": 0,
            "max_chats": 0,
        }
    return {
        "state": shown_state(operator),
        "reason": operator.reason or operator.pending_break,
        "since": operator.since,
        "until": operator.until,
        "calls": operator.calls,
        "chats": operator.chats,
        "max_chats": operator.max_chats,
    }


def queue_json(item: QueueItem) -> Json:
    """A waiting contact as everybody on the desk may see it."""
    return {
        "id": item.contact_id,
        "channel": item.channel,
        "language": item.language,
        "topic": item.topic,
        "danger": item.danger,
        "since": item.since,
        "effective_at": item.effective_at,
    }


def _offer_json(offer: Offer, contact: Contact, seen: CallerSeen) -> Json:
    return {
        "id": offer.id,
        "contact_id": contact.id,
        "kind": contact.channel.kind,
        "channel": contact.channel,
        "language": contact.language,
        "topic": contact.topic,
        "danger": contact.danger,
        "masked": seen.masked,
        "until": offer.deadline,
        "waiting_since": contact.waiting_since,
        "history_count": seen.contacts - 1,
        "purpose": offer.purpose,
        "assigned": offer.assigned,
    }


def wrap_up_json(now: WrapUp | None) -> Json:
    """The time for writing up, or that it is over: new contacts come, the record is kept."""
    if now is None:
        return {"until": None, "extended": False, "over": True}
    return {"until": now.until, "extended": now.extended, "over": False}


def _card_json(contact: Contact, around: _Around) -> Json:
    wraps = contact.state is ContactState.WRAP_UP
    return {
        "id": contact.id,
        "channel": contact.channel,
        "kind": contact.channel.kind,
        "state": contact.state,
        "language": contact.language,
        "topic": contact.topic,
        "danger": contact.danger,
        "alarm": contact.alarm_at is not None,
        "masked": around.callers[contact.caller_id].masked,
        "since": contact.talking_since or contact.reserved_at or contact.opened_at,
        "left_at": contact.caller_left_at,
        "wrap_up": wrap_up_json(around.wrap_ups.get(contact.id)) if wraps else None,
        "unread": around.unread.get(contact.id, 0),
        "call": around.calls.get(contact.id),
        "chat": around.chats.get(contact.id),
        "finished": not contact.live and contact.closed_at is not None,
    }
