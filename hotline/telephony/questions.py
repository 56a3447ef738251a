"""The intake on the telephone: one key at a time, and what was said kept for a retry."""

from hotline.contacts.model import Contact, ContactState, Outcome
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow
from hotline.intake import engine
from hotline.intake import hours as opening
from hotline.intake.flows import Flows
from hotline.intake.model import (
    Answer,
    End,
    Enqueue,
    Key,
    Kind,
    Nothing,
    OutOfHours,
    Prompt,
    RaiseDanger,
    State,
    Turn,
)
from hotline.kernel.languages import is_lang
from hotline.routing.service import Routing
from hotline.telephony.documents import Documents


class Questions:
    """Takes a contact through the voice flow. Takes part in the caller's transaction.

    Turns are numbered: an answer names the question it is for, so a late or repeated one is seen.
    """

    def __init__(
        self, contacts: Contacts, routing: Routing, flows: Flows, documents: Documents
    ) -> None:
        self._contacts = contacts
        self._routing = routing
        self._flow = flows.voice
        self._hours = flows.hours
        self._documents = documents

    def is_open(self, contact: Contact, turn: int) -> bool:
        """Whether that question is the one to be answered now."""
        return _turn(contact) == turn

    async def begin(self, uow: Uow, contact: Contact) -> str:
        """The first question; who called before is not asked for the language again."""
        is_open = opening.is_open(self._hours, contact.opened_at)
        made = engine.start(self._flow, contact.language, is_open=is_open)
        return await self._on(uow, contact, made)

    async def answer(self, uow: Uow, contact: Contact, digit: str | None) -> str:
        """A key, or none in time; the contact is locked and in intake."""
        is_open = opening.is_open(self._hours, await uow.time())
        given: Answer = Key(digit) if digit else Nothing()
        state = State.from_json(contact.intake)
        return await self._on(uow, contact, engine.step(self._flow, state, given, is_open=is_open))

    async def press(self, uow: Uow, contact: Contact, digit: str | None, turn: int) -> str | None:
        """A key while waiting; None when it means nothing (any more)."""
        if digit is None or not contact.live or contact.state is ContactState.INTAKE:
            return None
        made = engine.step(self._flow, State.from_json(contact.intake), Key(digit))
        if not made.effects:
            return None
        await self._apply(uow, contact, made, _turn(contact))
        return self._documents.queued(
            made.state.language or self._flow.language, made.prompts, turn
        )

    def again(self, contact: Contact) -> str:
        """The open question once more, exactly as it was put."""
        lang = contact.language or self._flow.language
        return self._documents.question(lang, _said(contact), _turn(contact))

    async def _on(self, uow: Uow, contact: Contact, made: Turn) -> str:
        turn = _turn(contact) + 1
        await self._apply(uow, contact, made, turn)
        lang = made.state.language or self._flow.language
        match made.kind:
            case Kind.QUEUE:
                return self._documents.queued(lang, made.prompts, 0)
            case Kind.CLOSED | Kind.END:
                return self._documents.shut(lang, made.prompts)
            case Kind.ASK | Kind.SAY:
                return self._documents.question(lang, made.prompts, turn)

    async def _apply(self, uow: Uow, contact: Contact, made: Turn, turn: int) -> None:
        """Store the turn with what it says, and do what follows from it."""
        said = [[prompt.id, prompt.lang] for prompt in made.prompts]
        enqueue = next((e for e in made.effects if isinstance(e, Enqueue)), None)
        contact = await self._contacts.set_intake(
            uow,
            contact,
            made.state.to_json() | {"turn": turn, "said": said},
            language=made.state.language,
            topic=made.state.topic,
            danger=any(isinstance(e, RaiseDanger) for e in made.effects),
            priority=enqueue.priority_s if enqueue else None,
        )
        if enqueue is not None:
            await self._queue(uow, contact)
        if any(isinstance(effect, OutOfHours | End) for effect in made.effects):
            shut = any(isinstance(effect, OutOfHours) for effect in made.effects)
            outcome = Outcome.OUT_OF_HOURS if shut else None
            await self._contacts.caller_left(uow, contact, outcome=outcome)

    async def _queue(self, uow: Uow, contact: Contact) -> None:
        """Into the queue, or further to its front; somebody with an operator is in none."""
        if contact.state is ContactState.INTAKE:
            contact = await self._contacts.wait(uow, contact)
        if contact.state is ContactState.WAITING:
            await self._routing.enqueue(uow, contact)


def _turn(contact: Contact) -> int:
    turn = contact.intake.get("turn")
    return turn if isinstance(turn, int) else 0


def _said(contact: Contact) -> tuple[Prompt, ...]:
    stored = contact.intake.get("said")
    pairs = stored if isinstance(stored, list) else []
    return tuple(Prompt(str(name), lang if is_lang(lang) else None) for name, lang in pairs)
