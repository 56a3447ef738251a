"""The carrier's side of an exchange: the requests it makes, and what it hears in answer."""

from collections.abc import Iterator
from uuid import UUID

from multidict import MultiDict

from hotline.access.model import Actor
from hotline.carrier.memory import MemoryCall
from hotline.telephony.entrance import Entrance
from hotline.telephony.model import Room, identity
from hotline.telephony.rooms import Rooms
from hotline.telephony.schemas import MessageForm, RoomForm, VoiceForm
from hotline.telephony.service import Telephony
from tests.builders import ANA
from tests.service.telephony.document import Document


class Speaking:
    """Webhooks, as short verbs."""

    telephony: Telephony
    entrance: Entrance
    rooms: Rooms
    _keys: Iterator[int]
    _sequence: Iterator[int]

    def form(self, sid: str, status: str = "in-progress", **more: str) -> VoiceForm:
        fields = {"CallSid": sid, "From": "+996555123456", "To": "189", "CallStatus": status}
        return VoiceForm.read(MultiDict(fields | more))

    def key(self) -> str:
        return f"token:{next(self._keys)}"

    async def incoming(self, sid: str, key: str | None = None, **more: str) -> Document:
        form = self.form(sid, **{"status": "ringing"} | more)
        return Document(await self.telephony.incoming(form, key or self.key()))

    async def step(self, sid: str, digit: str, turn: int, key: str | None = None) -> Document:
        form = self.form(sid, Digits=digit)
        return Document(await self.telephony.step(form, key or self.key(), turn))

    async def hold(self, sid: str, turn: int = 1) -> Document:
        return Document(await self.telephony.hold(self.form(sid), turn))

    async def gate(self, call: MemoryCall) -> Document:
        """Whoever we called picks up."""
        attempt = UUID(call.url.partition("?a=")[2].partition("#")[0])
        form = self.form(call.sid, To=call.to, Direction="outbound-api")
        return Document(await self.telephony.gate(form, attempt))

    async def gate_key(self, sid: str, digit: str, turn: int = 1) -> Document:
        form = self.form(sid, Digits=digit)
        return Document(await self.telephony.gate_key(form, self.key(), turn))

    async def hold_key(
        self, sid: str, digit: str, turn: int = 1, key: str | None = None
    ) -> Document:
        form = self.form(sid, Digits=digit)
        return Document(await self.telephony.hold_key(form, key or self.key(), turn))

    async def message(self, sid: str, **more: str) -> str:
        """What comes after the tone."""
        fields = MultiDict({"CallSid": sid} | more)
        form = self.form(sid, **({"status": more.get("CallStatus", "in-progress")} | more))
        return await self.telephony.message(form, MessageForm.read(fields), self.key())

    async def message_status(self, sid: str, **more: str) -> bool:
        return await self.telephony.message_status(
            MessageForm.read(MultiDict({"CallSid": sid} | more))
        )

    async def bridge(self, sid: str) -> Document:
        return Document(await self.telephony.bridge(self.form(sid)))

    async def after(
        self,
        sid: str,
        status: str = "in-progress",
        dialled: str = "answered",
        key: str | None = None,
    ) -> Document:
        form = self.form(sid, status, DialCallStatus=dialled)
        return Document(await self.telephony.after(form, key or self.key()))

    async def operator(self, sid: str, actor: Actor = ANA, *, rung: bool = False) -> Document:
        client = f"client:{identity(actor.staff_id)}"
        more = {"From": client, "To": ""}
        if rung:
            more = {"From": "+996312000189", "To": client, "Direction": "outbound-api"}
        return Document(await self.entrance.operator(self.form(sid, **more)))

    async def guest(self, guest_id: UUID, sid: str) -> Document:
        return Document(await self.entrance.guest(self.form(sid), guest_id))

    async def status(self, sid: str, status: str) -> bool:
        return await self.telephony.status(self.form(sid, status))

    async def room_says(
        self, event: str, sid: str, room: Room, *, sequence: str = "", **more: str
    ) -> bool:
        fields = {
            "ConferenceSid": "CF1",
            "FriendlyName": room.name,
            "CallSid": sid,
            "SequenceNumber": sequence or str(next(self._sequence)),
            "StatusCallbackEvent": event,
        }
        return await self.rooms.event(RoomForm.read(MultiDict(fields | more)))

    async def joins(self, sid: str, room: Room, **more: str) -> bool:
        return await self.room_says("participant-join", sid, room, **more)

    async def leaves(self, sid: str, room: Room, **more: str) -> bool:
        return await self.room_says("participant-leave", sid, room, **more)
