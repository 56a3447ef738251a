"""The world beyond the house as one process sees it: carrier, signatures, messengers."""

from dataclasses import dataclass
from functools import partial

from bots.model import Messenger
from bots.model import Outside as ForMessengers
from bots.registry import BUILDERS, Builders, messengers
from hotline.app.ground import Ground
from hotline.carrier import capabilities
from hotline.carrier.capabilities import Capabilities
from hotline.carrier.gate import Gate
from hotline.carrier.signature import Signature
from hotline.carrier.transport import Transport
from hotline.carrier.twilio import Account, TwilioCarrier, sdk_validator
from hotline.kernel.errors import Problems


@dataclass(frozen=True)
class Outside:
    """Connections are made when first needed; `close` lets go of them."""

    carrier: TwilioCarrier
    capabilities: Capabilities
    gate: Gate
    messengers: list[Messenger]

    async def close(self) -> None:
        """Close all connections."""
        for messenger in self.messengers:
            await messenger.close()
        await self.carrier.close()


def outside_of(ground: Ground, builders: Builders = BUILDERS) -> Outside:
    """From the settings; speaks to nobody yet. Raises Problems with what the carrier cannot do."""
    section, metrics = ground.settings.carrier, ground.metrics
    able = capabilities.of(section.dialect)
    if "browser" in ground.settings.phone.modes and not able.browser_phone:
        message = "phone.modes: this carrier has no telephone for the browser; use own"
        raise Problems([message])
    if section.byoc_trunk_sid and not able.byoc_trunks:
        message = "carrier.byoc_trunk_sid: this carrier has no such trunks; leave it empty"
        raise Problems([message])
    account = Account(
        sid=section.account_sid,
        base_url=section.api_base_url,
        sms_from=section.sms_from,
        twiml_app_sid=section.twiml_app_sid,
        api_key_sid=section.api_key_sid,
        api_key_secret=section.api_key_secret,
        byoc_trunk_sid=section.byoc_trunk_sid,
    )
    transport = Transport(
        section.account_sid,
        section.auth_token,
        other=section.auth_token_secondary,
        told=lambda verb, how: metrics.carrier_calls.labels(verb, how).inc(),
    )
    signature = Signature(
        ground.settings.public_base_url,
        [section.auth_token, section.auth_token_secondary],
        header=able.signature_header,
        fallback=sdk_validator,
    )
    carrier = TwilioCarrier(account, able, transport, ground.clock)
    return Outside(
        carrier=carrier,
        capabilities=able,
        gate=Gate(
            signature, section.account_sid, partial(metrics.signatures_bad.labels("voice").inc)
        ),
        messengers=messengers(
            ForMessengers(
                settings=ground.settings,
                catalogue=ground.texts,
                carrier=carrier,
                signature=signature,
                metrics=metrics,
                clock=ground.clock,
            ),
            builders,
        ),
    )
