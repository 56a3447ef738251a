"""What each carrier that speaks the Twilio dialect really has; from the vendors' documents."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

_TWILIO_VERBS = frozenset(
    {"Gather", "Play", "Say", "Pause", "Redirect", "Dial", "Hangup", "Reject", "Record"}
)


class DialectName(StrEnum):
    """Whose behaviour is simulated."""

    TWILIO = "twilio"
    SIGNALWIRE = "signalwire"
    SOMLENG = "somleng"


@dataclass(frozen=True, slots=True)
class Dialect:
    """The differences, as values."""

    name: DialectName
    signature_header: str
    uuid_sids: bool
    verbs: frozenset[str]
    nouns: frozenset[str]
    gather_children: frozenset[str]
    conferences: bool
    create_participant: bool
    live_redirect: bool
    progress_events: bool
    """False: one status callback, at the end, SequenceNumber always 0."""
    rich_parameters: bool
    """False: only the few parameters the small carrier sends, no idempotency token."""
    redirect_pause_s: float
    rest_prefix: str

    def new_sid(self, prefix: str) -> str:
        """Make an identifier: ``CA`` + 32 hex digits, or a UUID where the carrier uses those."""
        if self.uuid_sids:
            return str(UUID(bytes=secrets.token_bytes(16), version=4))
        return prefix + secrets.token_hex(16)


_ALL = {
    DialectName.TWILIO: Dialect(
        name=DialectName.TWILIO,
        signature_header="X-Twilio-Signature",
        uuid_sids=False,
        verbs=_TWILIO_VERBS,
        nouns=frozenset({"Number", "Client", "Sip", "Conference"}),
        gather_children=frozenset({"Play", "Say", "Pause"}),
        conferences=True,
        create_participant=True,
        live_redirect=True,
        progress_events=True,
        rich_parameters=True,
        redirect_pause_s=0.0,
        rest_prefix="/2010-04-01",
    ),
    DialectName.SIGNALWIRE: Dialect(
        name=DialectName.SIGNALWIRE,
        signature_header="X-SignalWire-Signature",
        uuid_sids=True,
        verbs=_TWILIO_VERBS,
        nouns=frozenset({"Number", "Sip", "Conference"}),
        gather_children=frozenset({"Play", "Say", "Pause"}),
        conferences=True,
        create_participant=False,
        live_redirect=True,
        progress_events=True,
        rich_parameters=True,
        redirect_pause_s=0.0,
        rest_prefix="/api/laml/2010-04-01",
    ),
    DialectName.SOMLENG: Dialect(
        name=DialectName.SOMLENG,
        signature_header="X-Twilio-Signature",
        uuid_sids=True,
        verbs=_TWILIO_VERBS - {"Pause"},
        nouns=frozenset({"Number", "Sip"}),
        gather_children=frozenset({"Play", "Say"}),
        conferences=False,
        create_participant=False,
        live_redirect=False,
        progress_events=False,
        rich_parameters=False,
        redirect_pause_s=1.0,
        rest_prefix="/2010-04-01",
    ),
}


def dialect(name: DialectName) -> Dialect:
    """Return the behaviour of a carrier."""
    return _ALL[name]
