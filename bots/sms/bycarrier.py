"""SMS through the telephone company, in the dialect that Twilio, SignalWire and Somleng share."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from aiohttp import web

from bots.sms import codes, model
from bots.sms.ports import Arrival
from hotline.carrier.form import Form
from hotline.carrier.gate import Gate
from hotline.carrier.ports import Carrier, CarrierError
from hotline.carrier.ports import OutcomeUnknown as CarrierSilent
from hotline.chat.model import MessageState
from hotline.chat.ports import DeliveryError, Outbound, OutcomeUnknown, Report, Sent

EMPTY: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
STATES: Final[Mapping[str, MessageState]] = {
    "accepted": MessageState.SENT,
    "scheduled": MessageState.SENT,
    "queued": MessageState.SENT,
    "sending": MessageState.SENT,
    "sent": MessageState.SENT,
    "partially_delivered": MessageState.SENT,
    "delivered": MessageState.DELIVERED,
    "read": MessageState.READ,
    "undelivered": MessageState.FAILED,
    "failed": MessageState.FAILED,
    "canceled": MessageState.FAILED,
}
_CODE: Final = re.compile(r"[0-9]{1,6}")
_COUNT: Final = re.compile(r"[0-9]{1,2}")
_SKEW: Final = timedelta(seconds=2)


class ByCarrier:
    """Implements Transport on the carrier's port; its gate checks what comes in."""

    can_lookup = True

    def __init__(self, carrier: Carrier, gate: Gate, public_base_url: str) -> None:
        self._carrier = carrier
        self._gate = gate
        self._status_url = f"{public_base_url}{model.STATUS_PATH}"

    async def verify(self, request: web.Request) -> Form | None:
        """By the carrier's signature over address and fields."""
        return await self._gate.admit(request)

    def parse_inbound(self, form: Form) -> Arrival:
        """The fields of a message, MMS too."""
        return arrival(form)

    def parse_status(self, form: Form, ref: str) -> Report | None:
        """The state the carrier names; a word we do not know is nothing."""
        parted = model.parted(ref)
        sid = _field(form, "MessageSid", "SmsSid")
        state = STATES.get(_field(form, "MessageStatus", "SmsStatus"))
        if parted is None or state is None or not model.NAME.fullmatch(sid):
            return None
        error = None
        if state is MessageState.FAILED:
            code = form.get("ErrorCode", "")
            error = codes.of_number(code) if _CODE.fullmatch(code) else "undelivered"
        message_id, part, tried = parted
        return Report(model.CHANNEL, message_id, part, sid, state, error, tried)

    def thanks(self) -> web.Response:
        """An empty document: replies go out by themselves, so that each is accounted for."""
        return web.Response(text=EMPTY, content_type="text/xml")

    async def send(self, outbound: Outbound) -> Sent:
        """Our own name of the part travels in the callback's address."""
        url = f"{self._status_url}?m={model.ref(outbound)}"
        try:
            sent = await self._carrier.send_message(
                outbound.address, outbound.text, url, validity_s=model.VALIDITY_S
            )
        except CarrierError as error:
            raise _in_words_of_chat(error) from None
        except CarrierSilent:
            raise OutcomeUnknown from None
        return Sent(sent.sid)

    async def lookup(self, outbound: Outbound, since: datetime) -> Sent | None:
        """The message with the same words, sent since then."""
        try:
            found = await self._carrier.find_messages(outbound.address, since - _SKEW)
        except CarrierError as error:
            raise _in_words_of_chat(error) from None
        # Carriers search by whole seconds or days; what was sent before is another message.
        fresh = (one for one in found if one.at is None or one.at >= since - _SKEW)
        same = (one for one in fresh if one.body.strip() == outbound.text)
        return next((Sent(one.sid) for one in same), None)

    async def erase(self, provider_id: str) -> None:
        """The message stays in the carrier's list, without its words."""
        try:
            await self._carrier.redact_message(provider_id)
        except CarrierError as error:
            if not error.gone:  # one that is not there any more is as good
                raise _in_words_of_chat(error) from None

    async def close(self) -> None:
        """The carrier's connections are not ours."""


def arrival(form: Form) -> Arrival:
    """A message as the carrier posts it; unknown fields were signed and are kept with the rest."""
    raw = model.raw_of(form)
    number = form.get("NumMedia", "0")
    media = int(number) if _COUNT.fullmatch(number) else 0
    return Arrival(
        event_id=model.name_of(_field(form, "MessageSid", "SmsSid"), raw),
        sender=model.readable(form.get("From", "")),
        to=model.readable(form.get("To", "")),
        body=model.readable(form.get("Body", "")),
        raw=raw,
        media=tuple(form.get(f"MediaContentType{n}", "") for n in range(media)),
    )


def _field(form: Form, *names: str) -> str:
    """The first of these fields that says something."""
    return next((form[name] for name in names if form.get(name)), "")


def _in_words_of_chat(error: CarrierError) -> DeliveryError:
    code = codes.of_number(error.code)
    wait_s = codes.wait_s(code)
    permanent = error.permanent and wait_s is None
    return DeliveryError(code, permanent=permanent, retry_after_s=wait_s)
