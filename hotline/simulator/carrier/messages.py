"""SMS: what is sent and received, with the states and refusals of the real network."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.errors import RestError
from hotline.simulator.carrier.hooks import Hook
from hotline.simulator.carrier.phonebook import PhoneBook
from hotline.simulator.carrier.replies import replies_of
from hotline.simulator.carrier.wording import API_VERSION
from hotline.simulator.faults import Fault, Faults
from hotline.simulator.journal import Journal

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_STOP = {"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"}
_START = {"START", "YES", "UNSTOP"}
_GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
_MAX_LENGTH = 1600
_STEP_S = 0.5


@dataclass(slots=True, eq=False)
class Message:
    """One SMS. ``status`` as on the wire."""

    sid: str
    account_sid: str
    origin: str
    to: str
    body: str
    direction: str
    status: str
    created: datetime
    updated: datetime
    sent: datetime | None = None
    status_callback: str = ""
    error_code: int | None = None
    segments: int = 1
    history: list[str] = field(default_factory=list)


def segments(body: str) -> int:
    """Count segments: GSM-7 160/153, otherwise UCS-2 70/67 in UTF-16 units."""
    if set(body) <= _GSM:
        length, one, many = len(body), 160, 153
    else:
        length, one, many = len(body.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= one else -(-length // many)


class Messages:
    """All messages of the account, by SID, and the inbox of every person."""

    def __init__(
        self,
        desk: Desk,
        book: PhoneBook,
        faults: Faults,
        *,
        own: set[str],
        number: str,
        sms_url: str,
        opt_out: bool,
    ) -> None:
        self._desk = desk
        self._book = book
        self._faults = faults
        self._own = own
        self._number = number
        self.sms_url = sms_url
        self._opt_out = opt_out
        self._stopped: set[tuple[str, str]] = set()
        self.by_sid: dict[str, Message] = {}
        self.inboxes: defaultdict[str, list[Message]] = defaultdict(list)

    @property
    def number(self) -> str:
        """Return the number that people write to."""
        return self._number

    @property
    def journal(self) -> Journal:
        """Return what is written down."""
        return self._desk.journal

    def inbox(self, number: str) -> list[str]:
        """Return the texts that have arrived at a number."""
        return [message.body for message in self.inboxes[number]]

    def send(self, origin: str, to: str, body: str, *, status_callback: str = "") -> Message:
        """Take a message from the customer; deliver it in the background."""
        self._check(origin, to, body)
        message = self._new(origin, to, body, direction="outbound-api", status="queued")
        message.status_callback = status_callback
        self._desk.tasks.start(self._carry(message), name=f"sms {message.sid}")
        return message

    async def receive(self, origin: str, to: str, body: str) -> Message:
        """Take a message from a person and tell the customer; ``to`` is our number."""
        message = self._new(origin, to, body, direction="inbound", status="received")
        message.sent = message.created
        self._note_opt_out(origin, to, body)
        if not self.sms_url:
            return message
        hook = Hook("message", self.sms_url, self._inbound_form(message), subject=message.sid)
        answer = await self._desk.hooks.request(hook)
        for text in replies_of(answer.body) if answer.failure is None else ():
            reply = self._new(to, origin, text, direction="outbound-reply", status="queued")
            self._desk.tasks.start(self._carry(reply), name=f"sms {reply.sid}")
        return message

    def _check(self, origin: str, to: str, body: str) -> None:
        if not body:
            raise RestError(400, 21602, "Message body is required.")
        if len(body) > _MAX_LENGTH:
            raise RestError(
                400, 21617, "The concatenated message body exceeds the 1600 character limit."
            )
        if not _E164.fullmatch(to):
            raise RestError(400, 21211, "Invalid 'To' Phone Number: XXXX")
        if origin not in self._own:
            raise RestError(
                400, 21606, "The 'From' phone number provided is not a valid message-capable number"
            )
        if not self._book.line(to).textable:
            raise RestError(400, 21614, "'To' number is not a valid mobile number")
        if (origin, to) in self._stopped:
            raise RestError(400, 21610, "Attempt to send to unsubscribed recipient")

    async def _carry(self, message: Message) -> None:
        sleep = self._desk.clock.sleep
        await sleep(_STEP_S)
        lost = not self._book.line(message.to).reachable
        undelivered = lost or self._faults.strikes(Fault.SMS_UNDELIVERED)
        message.sent = self._desk.clock.now()
        if self._faults.strikes(Fault.SMS_DELIVERED_FIRST):
            self._move(message, "delivered")
            self._move(message, "sent", report_only=True)
            self._arrive(message)
            return
        self._move(message, "sent")
        await sleep(_STEP_S)
        if undelivered:
            message.error_code = 30003
            self._move(message, "undelivered")
            return
        self._arrive(message)
        self._move(message, "delivered")

    def _arrive(self, message: Message) -> None:
        self.inboxes[message.to].append(message)
        self._desk.journal.write(
            "sms.arrived", sid=message.sid, to=message.to, origin=message.origin, body=message.body
        )

    def _move(self, message: Message, status: str, *, report_only: bool = False) -> None:
        message.history.append(status)
        message.updated = self._desk.clock.now()
        if not report_only:
            message.status = status
        self._desk.journal.write("sms.status", sid=message.sid, status=status)
        if not message.status_callback:
            return
        form = {
            "AccountSid": message.account_sid,
            "ApiVersion": API_VERSION,
            "From": message.origin,
            "MessageSid": message.sid,
            "MessageStatus": status,
            "SmsSid": message.sid,
            "SmsStatus": status,
            "To": message.to,
        }
        if message.error_code is not None:
            form["ErrorCode"] = str(message.error_code)
        hook = Hook("message-status", message.status_callback, form, subject=message.sid)
        self._desk.hooks.post(hook, lane=f"sms {message.sid}")

    def _new(self, origin: str, to: str, body: str, *, direction: str, status: str) -> Message:
        now = self._desk.clock.now()
        message = Message(
            sid=self._desk.dialect.new_sid("SM"),
            account_sid=self._desk.account_sid,
            origin=origin,
            to=to,
            body=body,
            direction=direction,
            status=status,
            created=now,
            updated=now,
            segments=segments(body),
            history=[status],
        )
        self.by_sid[message.sid] = message
        self._desk.journal.write(
            "sms.created", sid=message.sid, origin=origin, to=to, direction=direction
        )
        return message

    def _note_opt_out(self, origin: str, to: str, body: str) -> None:
        word = body.strip().upper()
        if self._opt_out and word in _STOP:
            self._stopped.add((to, origin))
        if self._opt_out and word in _START:
            self._stopped.discard((to, origin))

    def _inbound_form(self, message: Message) -> Mapping[str, str]:
        form = {
            "AccountSid": message.account_sid,
            "ApiVersion": API_VERSION,
            "Body": message.body,
            "From": message.origin,
            "MessageSid": message.sid,
            "NumMedia": "0",
            "To": message.to,
        }
        if self._desk.dialect.rich_parameters:
            form |= {
                "NumSegments": str(message.segments),
                "SmsMessageSid": message.sid,
                "SmsSid": message.sid,
                "SmsStatus": "received",
            }
            places = ("City", "State", "Zip", "Country")
            form |= {f"{who}{place}": "" for who in ("From", "To") for place in places}
        else:
            form["ReferralNumMedia"] = "0"
        return form
