"""What each carrier that speaks the Twilio dialect really has; from the vendors' documents."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

_PLAIN_VERBS = frozenset(
    {"Gather", "Play", "Say", "Redirect", "Dial", "Hangup", "Reject", "Record"}
)
_TWILIO_VERBS = _PLAIN_VERBS | {"Pause", "Enqueue", "Leave"}


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
    dial_extras: bool
    """False: of the attributes of Dial only action, method, callerId and timeout are read."""
    noun_attributes: bool
    """False: those of Number and Sip are not read."""
    conferences: bool
    """False: the verb Record is the only way to record, too."""
    queues: bool
    create_participant: bool
    live_redirect: bool
    progress_events: bool
    """False: one status callback, at the end, SequenceNumber always 0."""
    rich_parameters: bool
    """False: only the few parameters the small carrier sends, no idempotency token."""
    own_signing_key: bool
    """True: webhooks are signed with a key of their own, not with the token of the REST API."""
    reliable: bool
    """False: a webhook is sent once, there is no fallback, and a document is followed up to the
    verb that cannot be read."""
    overrides: bool
    """False: a fragment of a URL says nothing about retries and time-outs."""
    filters: bool
    """False: lists are whole, whatever is asked for, and there is no way to delete a recording."""
    trims: bool
    """False: silence stays in recordings."""
    keeps_silence: bool
    """False: a message in which nothing was said is none, and its action is not asked."""
    session_timeout_s: float | None
    """After how long without a sign of life a call is given up, without a word to anybody."""
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
        nouns=frozenset({"Number", "Client", "Sip", "Conference", "Queue"}),
        gather_children=frozenset({"Play", "Say", "Pause"}),
        dial_extras=True,
        noun_attributes=True,
        conferences=True,
        queues=True,
        create_participant=True,
        live_redirect=True,
        progress_events=True,
        rich_parameters=True,
        own_signing_key=False,
        reliable=True,
        overrides=True,
        filters=True,
        trims=True,
        keeps_silence=False,
        session_timeout_s=None,
        redirect_pause_s=0.0,
        rest_prefix="/2010-04-01",
    ),
    DialectName.SIGNALWIRE: Dialect(
        name=DialectName.SIGNALWIRE,
        signature_header="X-SignalWire-Signature",
        uuid_sids=True,
        verbs=_TWILIO_VERBS,
        nouns=frozenset({"Number", "Sip", "Conference", "Queue"}),
        gather_children=frozenset({"Play", "Say", "Pause"}),
        dial_extras=True,
        noun_attributes=True,
        conferences=True,
        queues=True,
        create_participant=False,
        live_redirect=True,
        progress_events=True,
        rich_parameters=True,
        own_signing_key=True,
        reliable=True,
        overrides=False,
        filters=True,
        trims=True,
        keeps_silence=True,
        session_timeout_s=None,
        redirect_pause_s=0.0,
        rest_prefix="/api/laml/2010-04-01",
    ),
    DialectName.SOMLENG: Dialect(
        name=DialectName.SOMLENG,
        signature_header="X-Twilio-Signature",
        uuid_sids=True,
        verbs=_PLAIN_VERBS,
        nouns=frozenset({"Number", "Sip"}),
        gather_children=frozenset({"Play", "Say"}),
        dial_extras=False,
        noun_attributes=False,
        conferences=False,
        queues=False,
        create_participant=False,
        live_redirect=False,
        progress_events=False,
        rich_parameters=False,
        own_signing_key=False,
        reliable=False,
        overrides=False,
        filters=False,
        trims=False,
        keeps_silence=True,
        session_timeout_s=900.0,
        redirect_pause_s=1.0,
        rest_prefix="/2010-04-01",
    ),
}


def dialect(name: DialectName) -> Dialect:
    """Return the behaviour of a carrier."""
    return _ALL[name]
