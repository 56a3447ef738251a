"""Callbacks of the exchange: their rules, and the parts that promise, protect and listen."""

from datetime import timedelta
from pathlib import Path

from hotline.audit.service import Audit
from hotline.callbacks import wiring
from hotline.callbacks.agreeing import Agreements
from hotline.callbacks.gathering import Gathering
from hotline.callbacks.handlers import Handlers
from hotline.callbacks.listening import Listening
from hotline.callbacks.messages import Messages
from hotline.callbacks.model import MessageRules, Rules
from hotline.callbacks.promises import Promises
from hotline.callbacks.service import Callbacks
from hotline.callbacks.views import Views
from hotline.carrier.ports import Carrier
from hotline.contacts import zones
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.house import Room
from hotline.infra.memory import MemoryLive
from hotline.infra.sounds import Sounds
from hotline.line.reader import LineReader
from hotline.routing.service import Routing
from hotline.telephony.calls import Calls
from hotline.telephony.questions import Questions

ZONES = zones.load(Path(__file__).resolve().parents[3] / "config")
MISSED_LINE = "+996312000444"
CALLBACK_RULES = Rules(
    prefixes=("+996",),
    calls_per_day=100,
    minutes_per_day=100,
    calls_per_number=5,
    pauses=(timedelta(minutes=10), timedelta(minutes=30)),
    keep_for=timedelta(hours=4),
)
MESSAGE_RULES = MessageRules(longest=timedelta(minutes=2), keep_for=timedelta(days=30))


class Promising:
    """The room of callbacks of one exchange."""

    callback_rules = CALLBACK_RULES
    db: Database
    audit: Audit
    contacts: Contacts
    routing: Routing
    line: LineReader
    live: MemoryLive
    calls: Calls
    questions: Questions

    def _promise(self, vault: Vault, carrier: Carrier) -> None:
        db, contacts, routing, audit = self.db, self.contacts, self.routing, self.audit
        self.vault, sounds = vault, Sounds(db, vault)
        self.safe = SafeContact(db, vault, contacts, audit, ZONES)
        self.callbacks = back = Callbacks(
            db, vault, contacts, routing, self.callback_rules, self.safe, self.line
        )
        self.messages = Messages(db, sounds, contacts, routing, back, carrier, MESSAGE_RULES)
        self.listening = Listening(db, vault, sounds, contacts, back, audit)

    @property
    def promises(self) -> Promises:
        db, vault, heard = self.db, self.vault, self.listening
        return Promises(db, vault, self.contacts, self.callbacks, heard, self.audit, self.calls)

    @property
    def agreements(self) -> Agreements:
        rules, asked = self.callback_rules, self.questions.skipped
        db, vault, safe = self.db, self.vault, self.safe
        return Agreements(db, vault, self.contacts, safe, self.audit, rules, asked)

    @property
    def gathering(self) -> Gathering:
        return Gathering(self.db, self.contacts, self.routing, self.callbacks, self.calls)

    def _back(self) -> Room:
        gathering = self.gathering
        handlers = Handlers(self.db, self.callbacks, self.messages, gathering, self.live)
        views = Views(self.promises, self.agreements, self.listening)
        return wiring.room(
            handlers, self.callbacks, gathering, self.messages, self.listening, self.calls, views
        )
