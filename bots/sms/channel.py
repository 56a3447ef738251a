"""Chat's way out by SMS."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bots.sms import render
from hotline.carrier.ports import Carrier, CarrierError
from hotline.carrier.ports import OutcomeUnknown as CarrierSilent
from hotline.chat.ports import (
    Button,
    DeliveryError,
    Erases,
    Outbound,
    OutcomeUnknown,
    Pace,
    Sent,
)

CHANNEL: Final = "sms"
STATUS_PATH: Final = "/sms/status"
# A live conversation: an answer that is hours late may be read by the wrong eyes.
VALIDITY_S: Final = 600
PACE: Final = Pace(per_chat_s=1.0)
_SKEW: Final = timedelta(seconds=2)
_OPTED_OUT: Final = "21610"


class SmsChannel:
    """Implements chat's Channel on any carrier."""

    name = CHANNEL
    can_lookup = True
    erases = Erases(at_once=1)

    def __init__(self, carrier: Carrier, public_base_url: str, pace: Pace = PACE) -> None:
        self._carrier = carrier
        self._base = public_base_url
        self.pace = pace

    def parts(self, text: str, buttons: tuple[Button, ...]) -> tuple[str, ...]:
        """One segment each, choices as numbers."""
        return render.pieces(text, buttons)

    async def send(self, outbound: Outbound) -> Sent:
        """Our own number of the part travels in the callback's address: reports find it at once."""
        status_url = f"{self._base}{STATUS_PATH}?m={outbound.message_id}.{outbound.part}"
        try:
            ref = await self._carrier.send_message(
                outbound.address, outbound.text, status_url, validity_s=VALIDITY_S
            )
        except CarrierError as error:
            raise _in_words_of_chat(error) from None
        except CarrierSilent:
            raise OutcomeUnknown from None
        return Sent(ref.sid)

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

    async def acknowledge(self, address: str, token: str, message_id: str | None) -> None:
        """There are no buttons in an SMS."""

    async def erase(self, address: str, provider_ids: Sequence[str]) -> None:
        """Take the words out of what the carrier keeps; those on telephones stay there."""
        del address
        try:
            for sid in provider_ids:
                await self._carrier.redact_message(sid)
        except CarrierError as error:
            raise _in_words_of_chat(error) from None


def _in_words_of_chat(error: CarrierError) -> DeliveryError:
    code = "opted-out" if error.code == _OPTED_OUT else f"carrier-{error.code}"
    return DeliveryError(code, permanent=error.permanent)
