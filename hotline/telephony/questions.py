"""The intake on the telephone: one key at a time, and what was said kept for a retry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from hotline.callbacks.messages import Messages
from hotline.callbacks.service import Callbacks
from hotline.contacts.model import Contact, ContactState, Outcome, Recalled
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow
from hotline.intake import engine
from hotline.intake.flows import Flows
from hotline.intake.model import (
    Answer,
    AskCallback,
    End,
    Enqueue,
    Flow,
    Key,
    Kind,
    LeaveMessage,
    Nothing,
    OutOfHours,
    Prompt,
    RaiseDanger,
    SetLanguage,
    State,
    Turn,
)
from hotline.intake.queues import Door
from hotline.kernel.languages import Lang, is_lang
from hotline.line.reader import LineReader
from hotline.routing.service import Routing
from hotline.telephony.crowds import Crowds
from hotline.telephony.documents import Documents

_CANNOT: Final = Prompt("ivr-callback-cannot")
_KEPT: Final = (Prompt("ivr-message-kept"), Prompt("ivr-goodbye"))
_EMPTY: Final = Prompt("ivr-message-empty")
_GOODBYE: Final = Prompt("ivr-goodbye")
_DONE: Final = "#"
_KEYED: Final = {"keyed": True}
"""They have pressed a key in this call, at least once."""
_WAITED: Final = {"waited": True}
"""They were in the queue before they were asked to speak, and come back to it."""
_MANY_ASK: Final = "ivr-many-ask"


@dataclass(frozen=True, slots=True)
class Instead:
    """What there is in place of waiting on the line."""

    callbacks: Callbacks
    messages: Messages


@dataclass(frozen=True, slots=True)
class First:
    """How a call begins: the turn, its document, and what is stored of it.

    `plain`: nothing follows from it, neither the queue nor the end.
    """

    made: Turn
    text: str
    intake: dict[str, Any]
    plain: bool


class Questions:
    """Takes a contact through the voice flow. Takes part in the caller's transaction.

    Turns are numbered: an answer names the question it is for, so a late or repeated one is seen.
    """

    def __init__(
        self,
        contacts: Contacts,
        routing: Routing,
        flows: Flows,
        documents: Documents,
        line: LineReader,
        instead: Instead,
        crowds: Crowds,
    ) -> None:
        self._contacts = contacts
        self._routing = routing
        self._flow = flows.voice
        self._documents = documents
        self._line = line
        self._callbacks = instead.callbacks
        self._messages = instead.messages
        self._crowds = crowds
        choices = (choice for step in flows.voice.steps.values() for choice in step.choices)
        self._labels = {choice.topic: choice.label for choice in choices if choice.topic}
        self._firsts: dict[tuple[Lang | None, bool, Door, bool, bool], First] = {}

    def is_open(self, contact: Contact, turn: int) -> bool:
        """Whether that question is the one to be answered now."""
        return _turn(contact) == turn

    async def refuses(self, uow: Uow, recalled: Recalled) -> bool:
        """Whether this number is kept off the line."""
        return (await self._line.now(uow)).blocks(recalled.index, recalled.at)

    async def first(self, uow: Uow, recalled: Recalled, *, refused: bool) -> First:
        """The first question; who called before is not asked for the language again.

        It depends on so little that each is made once; not where it leads into a queue at once.
        """
        line = await self._line.now(uow)
        is_open, doors = line.is_open(recalled.at), line.doors_at(recalled.at)
        door, _ = doors.at(self._flow.serves, recalled.language, None)
        case = (recalled.language, is_open, door, refused, line.records)
        if case in self._firsts:
            return self._firsts[case]
        made = engine.start(
            self._flow,
            recalled.language,
            is_open=is_open,
            doors=doors,
            refused=refused,
            recorded=line.records,
        )
        text = self._document(made, 1)
        first = First(made, text, _stored(made, 1), plain=not made.effects)
        if first.plain:
            self._firsts[case] = first
        return first

    async def follow(self, uow: Uow, contact: Contact, first: First) -> None:
        """Do what a first turn brings beside its words."""
        await self._apply(uow, contact, first.made, 1, keyed=False)

    def says_danger(self, contact: Contact, digit: str | None) -> bool:
        """Whether the key says, at the open question, that it is about danger."""
        if digit is None:
            return False
        made = engine.step(self._flow, State.from_json(contact.intake), Key(digit))
        return any(isinstance(effect, RaiseDanger) for effect in made.effects)

    async def answer(self, uow: Uow, contact: Contact, digit: str | None) -> str:
        """A key, or none in time; the contact is locked and in intake."""
        line, now = await self._line.now(uow), await uow.time()
        given: Answer = Key(digit) if digit else Nothing()
        state = State.from_json(contact.intake)
        made = engine.step(
            self._flow, state, given, is_open=line.is_open(now), doors=line.doors_at(now)
        )
        turn = _turn(contact) + 1
        await self._apply(uow, contact, made, turn, keyed=digit is not None)
        return self._document(made, turn)

    async def press(self, uow: Uow, contact: Contact, digit: str | None, turn: int) -> str | None:
        """A key while waiting; None when it means nothing (any more)."""
        if digit is None or not contact.live or contact.state is ContactState.INTAKE:
            return None
        state = State.from_json(contact.intake)
        made = engine.step(self._flow, state, Key(digit))
        if made.state == state:
            if not contact.intake.get("keyed"):  # it means nothing, but somebody is there
                await self._contacts.set_intake(uow, contact, contact.intake | _KEYED)
            return None
        lang = made.state.language or self._flow.language
        asks = any(isinstance(effect, AskCallback) for effect in made.effects)
        if made.kind is Kind.MESSAGE and contact.state is not ContactState.WAITING:
            return None  # an operator is on the way
        if asks and not await self._callbacks.ask(uow, contact):
            await self._contacts.set_intake(uow, contact, contact.intake | _KEYED)
            return self._documents.queued(lang, [_CANNOT], turn)
        await self._apply(uow, contact, made, _turn(contact), keyed=True)
        if made.kind is Kind.MESSAGE:
            return self._document(made, _turn(contact))
        return self._documents.queued(lang, made.prompts, turn)

    async def wait_again(self, uow: Uow, contact: Contact) -> None:
        """A call that was adrift is back in the queue; in front if it was talked with before."""
        front, behind = contact.talking_since is not None, await self._crowds.behind(uow, contact)
        await self._routing.enqueue(uow, contact, front=front, behind=behind)

    def speaks(self, contact: Contact) -> bool:
        """Whether the caller was asked to speak after the tone, and has not come back since."""
        here = self._flow.steps.get(State.from_json(contact.intake).step)
        waits = contact.state is ContactState.WAITING
        return waits and here is not None and here.kind is Kind.MESSAGE

    async def called_back(self, uow: Uow, contact: Contact) -> None:
        """They are on the line again, and pressed the key of the gate: somebody is there.

        Who hung up while they spoke is not asked to go on.
        """
        intake, state = contact.intake, State.from_json(contact.intake)
        here = self._flow.steps.get(state.step)
        if here is not None and here.kind is Kind.MESSAGE:
            intake = replace(state, step=self._flow.safe).to_json()
        await self._contacts.set_intake(uow, contact, intake | _KEYED)

    async def spoken(self, uow: Uow, contact: Contact, sid: str, digit: str | None) -> str:
        """The time after the tone is over; the contact is locked and `speaks`.

        Danger gets to a person. Who said nothing waits again, or is told that the line is shut.
        """
        lang = contact.language or self._flow.language
        if digit == self._flow.danger.key:
            await self._messages.take_back(uow, contact)
            said = await self.press(uow, contact, digit, 0)
            return said or self._documents.waiting(lang, (), 0)
        state = replace(State.from_json(contact.intake), step=self._flow.safe)
        waited = bool(contact.intake.get("waited"))
        contact = await self._contacts.set_intake(uow, contact, state.to_json() | _KEYED)
        if await self._messages.left_in(uow, sid):
            return self._documents.shut(lang, _KEPT)
        await self._messages.take_back(uow, contact)
        if await self._joins(uow, contact, waited=waited):
            await self._routing.enqueue(uow, contact)
            return self._documents.queued(lang, [_EMPTY], 0)
        await self._contacts.caller_left(uow, contact, outcome=Outcome.OUT_OF_HOURS)
        return self._documents.shut(lang, [_EMPTY, _GOODBYE])

    async def _joins(self, uow: Uow, contact: Contact, *, waited: bool) -> bool:
        """Whether somebody may wait now; a closed queue keeps out who did not wait before."""
        line, now = await self._line.now(uow), await uow.time()
        queue = line.queues.of(contact.channel.kind, contact.language, contact.topic)
        return line.is_open(now) and (waited or line.door(queue, now) is not Door.CLOSED)

    def skipped(self, language: Lang | None) -> dict[str, Any]:
        """The intake of somebody who was asked nothing and waits."""
        return State(step=self._flow.safe, language=language).to_json()

    async def announced(self, uow: Uow) -> tuple[str, ...]:
        """Ids of the prompts that say what many ask about today; none when nothing is set."""
        topic = (await self._line.now(uow)).announced(await uow.time())
        return (_MANY_ASK, self._labels[topic]) if topic in self._labels else ()

    def again(self, contact: Contact) -> str:
        """The open question once more, exactly as it was put."""
        lang, said = contact.language or self._flow.language, _said(contact)
        if self.speaks(contact):
            return self._speak(lang, said, _turn(contact))
        return self._documents.question(lang, said, _turn(contact))

    def _document(self, made: Turn, turn: int) -> str:
        lang = made.state.language or self._flow.language
        match made.kind:
            case Kind.QUEUE:
                return self._documents.queued(lang, made.prompts, 0)
            case Kind.MESSAGE:
                return self._speak(lang, made.prompts, turn)
            case Kind.CLOSED | Kind.END:
                return self._documents.shut(lang, made.prompts)
            case Kind.ASK | Kind.SAY:
                return self._documents.question(lang, made.prompts, turn)

    def _speak(self, lang: Lang, said: Sequence[Prompt], turn: int) -> str:
        ends, longest_s = f"{_DONE}{self._flow.danger.key}", self._messages.longest_s
        return self._documents.speak(lang, said, turn, ends=ends, longest_s=longest_s)

    async def _apply(
        self, uow: Uow, contact: Contact, made: Turn, turn: int, *, keyed: bool
    ) -> None:
        """Store the turn with what it says, and do what follows from it."""
        enqueue = next((e for e in made.effects if isinstance(e, Enqueue)), None)
        before = contact
        contact = await self._contacts.set_intake(
            uow,
            contact,
            _stored(made, turn)
            | (_KEYED if keyed or contact.intake.get("keyed") else {})
            | (_WAITED if contact.state is ContactState.WAITING else {}),
            language=made.state.language,
            topic=made.state.topic,
            danger=any(isinstance(e, RaiseDanger) for e in made.effects),
            priority=enqueue.priority_s if enqueue else None,
        )
        for effect in made.effects:
            if isinstance(effect, SetLanguage):
                await self._contacts.remember_language(uow, contact, effect.lang)
        asks_anew = contact.state is ContactState.WAITING and contact.language != before.language
        if enqueue is not None or asks_anew:
            await self._queue(uow, contact)
        if any(isinstance(effect, LeaveMessage) for effect in made.effects):
            await self._messages.begin(uow, contact)
        if any(isinstance(effect, OutOfHours | End) for effect in made.effects):
            shut = any(isinstance(effect, OutOfHours) for effect in made.effects)
            outcome = Outcome.OUT_OF_HOURS if shut else _refused(before, self._flow.elsewhere)
            await self._contacts.caller_left(uow, contact, outcome=outcome)

    async def _queue(self, uow: Uow, contact: Contact) -> None:
        """Into the queue, or further to its front; somebody with an operator is in none."""
        if contact.state is ContactState.INTAKE:
            contact = await self._contacts.wait(uow, contact)
        if contact.state is ContactState.WAITING:
            behind = await self._crowds.behind(uow, contact)
            await self._routing.enqueue(uow, contact, behind=behind)


def refusals(flow: Flow) -> dict[str, Outcome]:
    """The steps at which callers are told that nobody answers, and what their contact ends as."""
    ends = dict.fromkeys(flow.shut, Outcome.OUT_OF_HOURS)
    return ends | ({flow.elsewhere: Outcome.REJECTED} if flow.elsewhere else {})


def _refused(contact: Contact, elsewhere: str | None) -> Outcome | None:
    return Outcome.REJECTED if contact.intake.get("step") == elsewhere else None


def _stored(made: Turn, turn: int) -> dict[str, Any]:
    """The turn with what it says, as it is kept with the contact."""
    said = [[prompt.id, prompt.lang] for prompt in made.prompts]
    return made.state.to_json() | {"turn": turn, "said": said}


def _turn(contact: Contact) -> int:
    turn = contact.intake.get("turn")
    return turn if isinstance(turn, int) else 0


def _said(contact: Contact) -> tuple[Prompt, ...]:
    stored = contact.intake.get("said")
    pairs = stored if isinstance(stored, list) else []
    return tuple(Prompt(str(name), lang if is_lang(lang) else None) for name, lang in pairs)
