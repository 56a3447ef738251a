"""Puts what a caller sent to the intake, and makes its turn true: contact, queue and reply."""

from dataclasses import dataclass, field, replace
from typing import Any, Final, TypedDict

from hotline.chat import speech, store
from hotline.chat.attachments import TOO_LARGE, too_large
from hotline.chat.helping import Heard, Helping
from hotline.chat.ports import Inbound
from hotline.chat.reminding import Reminding
from hotline.chat.transcript import Transcript, language_of
from hotline.contacts.model import Contact, ContactState, Outcome
from hotline.contacts.service import Contacts
from hotline.i18n import formats
from hotline.infra.db import Uow
from hotline.intake import engine
from hotline.intake import hours as opening
from hotline.intake.flows import Flows
from hotline.intake.model import (
    Answer,
    AskCallback,
    End,
    Enqueue,
    LeaveMessage,
    OutOfHours,
    Pressed,
    RaiseDanger,
    SetLanguage,
    SetTopic,
    State,
    Text,
    Turn,
)
from hotline.intake.queues import Doors
from hotline.kernel.languages import Lang
from hotline.line.reader import LineReader
from hotline.routing.service import Routing


@dataclass(slots=True)
class _Learned:
    """What a turn's effects add up to."""

    changes: dict[str, Any] = field(default_factory=dict)  # arguments of Contacts.set_intake
    chosen: Lang | None = None
    queue: bool = False
    ends: bool = False
    outcome: Outcome | None = None


class _Way(TypedDict):
    """What stands between a person and the queue, as the engine takes it."""

    is_open: bool
    doors: Doors


_ASKED: Final = frozenset({ContactState.INTAKE, ContactState.WAITING, ContactState.RESERVED})

# Shown also to who begins with it, after the first question: a button of an older talk, a command.
_AT_ONCE: Final = frozenset({"article", "articles", "hours"})


class Interview:
    """The questions before a human, in writing."""

    def __init__(
        self,
        transcript: Transcript,
        contacts: Contacts,
        routing: Routing,
        flows: Flows,
        line: LineReader,
        helping: Helping,
        reminding: Reminding,
    ) -> None:
        self._transcript = transcript
        self._contacts = contacts
        self._routing = routing
        self._flows = flows
        self._line = line
        self._help = helping
        self._reminding = reminding

    async def answer(self, uow: Uow, heard: Heard) -> None:
        """The next turn for a contact that no operator talks with yet; into a talk nobody speaks.

        What helps without a person is answered in any case, and moves nothing.
        """
        if await self._help.answers(uow, heard):
            return
        if heard.contact.state not in _ASKED:
            await self.mention(uow, heard)
        elif heard.inbound.kind == "command":
            await self._command(uow, heard)
        elif heard.inbound.kind != "edited":
            turn = await self._turn(uow, heard)
            contact = await self._apply(uow, heard, turn)
            await self.mention(uow, replace(heard, contact=contact))
            if self._number_asked(heard) is not None and heard.inbound.kind == "text":
                await self._help.called(uow, replace(heard, contact=contact))
        if heard.new and self._help.wanted(heard.inbound) in _AT_ONCE:
            contact = await self._contacts.get(uow, heard.contact.id)
            await self._help.answers(uow, replace(heard, contact=contact, new=False))

    def stays(self, inbound: Inbound) -> bool:
        """Whether it only shows something: then the button is not used up, and nobody waits."""
        return self._help.wanted(inbound) is not None

    def words(self, heard: Heard) -> str | None:
        """What is kept as the text: for a button its words, for a command its name."""
        inbound = heard.inbound
        if inbound.kind == "command":
            return f"/{inbound.text}"
        if inbound.kind != "press":
            return inbound.text
        if (title := self._help.words(heard)) is not None:
            return title
        flow = self._flows[inbound.channel]
        choices = (c for step in flow.steps.values() for c in (*step.choices, flow.danger))
        choice = next((c for c in choices if c.id == inbound.press), None)
        lang = language_of(heard.contact)
        return self._transcript.catalogue.t(choice.lang or lang, choice.label) if choice else None

    async def _command(self, uow: Uow, heard: Heard) -> None:
        flow = self._flows[heard.inbound.channel]
        if heard.new:
            turn = engine.start(flow, heard.contact.language, **await self._way(uow))
            contact = await self._apply(uow, heard, turn)
            if heard.inbound.payload in self._flows.campaigns:
                await self._contacts.came_by(uow, contact, heard.inbound.payload or "")
        else:
            # Shown again without counting as a try: the step, or the question for the language.
            state = State.from_json(heard.contact.intake)
            asks_language = heard.inbound.is_command("language")
            step = flow.steps.get(flow.start if asks_language else state.step)
            step = step or flow.steps[flow.safe]
            doors = (await self._way(uow))["doors"]
            await self._say(uow, heard, engine.again(flow, state, step, doors=doors))

    async def _turn(self, uow: Uow, heard: Heard) -> Turn:
        flow = self._flows[heard.inbound.channel]
        way = await self._way(uow)
        if not heard.new:
            state = State.from_json(heard.contact.intake)
            if heard.inbound.kind != "press" and (after := self._number_asked(heard)) is not None:
                state = replace(state, step=after)
            return engine.step(flow, state, self._answer(heard.inbound, state), **way)
        # Who begins with words has answered the first question: only the second turn is shown.
        first = engine.start(flow, heard.contact.language, **way)
        given = self._first_answer(heard.inbound)
        turn = engine.step(flow, first.state, given, **way)
        said = first.prompts if first.ended else ()
        return replace(
            turn,
            prompts=(*said, *turn.prompts),
            effects=(*first.effects, *turn.effects),
        )

    def _number_asked(self, heard: Heard) -> str | None:
        """Where it goes on once a number was asked for: asked once, whatever comes is an answer."""
        flow, here = self._flows[heard.inbound.channel], str(heard.contact.intake.get("step"))
        step = flow.steps.get(here)
        return step.on_text if step is not None and step.number else None

    def _answer(self, inbound: Inbound, state: State) -> Answer:
        if inbound.kind != "press" and inbound.channel in speech.NUMBERED:
            return engine.read(self._flows[inbound.channel], state, inbound.text or "")
        return self._first_answer(inbound)

    def _first_answer(self, inbound: Inbound) -> Answer:
        if inbound.kind == "press":
            return Pressed(inbound.press or "")
        return Text(inbound.text or "")

    async def _apply(self, uow: Uow, heard: Heard, turn: Turn) -> Contact:
        learned = _learn(turn)
        contact = await self._contacts.set_intake(
            uow, heard.contact, turn.state.to_json(), **learned.changes
        )
        if learned.chosen is not None:
            await self._contacts.remember_language(uow, contact, learned.chosen)
        await self._say(uow, replace(heard, contact=contact), turn)
        if learned.queue and contact.state is ContactState.INTAKE:
            contact = await self._contacts.wait(uow, contact)
            await self._reminding.plan(uow, contact.id)
        before, now = heard.contact, contact
        asks_anew = (before.language, before.topic) != (now.language, now.topic)
        if (learned.queue or asks_anew) and contact.state is ContactState.WAITING:
            await self._routing.enqueue(uow, contact)
        if learned.ends:
            contact = await self._contacts.caller_left(uow, contact, outcome=learned.outcome)
            await store.shut(uow, contact.id)
        return contact

    async def _say(self, uow: Uow, heard: Heard, turn: Turn) -> None:
        lang = turn.state.language or language_of(heard.contact)
        if turn.prompts:
            said = {"opens": await self._opens(uow, lang), "hours": await self._hours(uow)}
            text = speech.text(self._transcript.catalogue, turn.prompts, lang, **said)
            offered = speech.options(turn, lang)
            await self._transcript.write(uow, heard.contact.id, text, options=offered)
        elif any(isinstance(effect, SetLanguage) and effect.chosen for effect in turn.effects):
            await self._transcript.say(uow, heard.conversation, "language", lang=lang)

    async def mention(self, uow: Uow, heard: Heard) -> None:
        """Once in a conversation: it arrived, or it is more than can be taken."""
        if too_large(heard.inbound.files):
            lang = language_of(heard.contact)
            talk = heard.conversation
            await self._transcript.say(uow, talk, "too-large", lang=lang, once=TOO_LARGE)
            return
        text_id = speech.kept(heard.inbound.channel, heard.inbound.kind)
        if text_id is None or heard.conversation.told_unreadable:
            return
        words = self._transcript.catalogue.t(language_of(heard.contact), text_id)
        await self._transcript.write(uow, heard.contact.id, words)
        await store.told_unreadable(uow, heard.contact.id)

    async def _way(self, uow: Uow) -> _Way:
        line, now = await self._line.now(uow), await uow.time()
        return {"is_open": line.is_open(now), "doors": line.doors_at(now)}

    async def _opens(self, uow: Uow, lang: Lang) -> str:
        now = await uow.time()
        at = (await self._line.now(uow)).next_open(now)
        return formats.opens(lang, at, now) if at else "…"

    async def _hours(self, uow: Uow) -> str:
        return opening.shown((await self._line.now(uow)).hours, await uow.time())


def _learn(turn: Turn) -> _Learned:
    """The effects of a turn as one change of the contact; later ones win."""
    learned = _Learned()
    for effect in turn.effects:
        match effect:
            case SetLanguage(lang, chosen):
                learned.changes["language"] = lang
                learned.chosen = lang if chosen else learned.chosen
            case SetTopic(topic):
                learned.changes["topic"] = topic
            case RaiseDanger():
                learned.changes["danger"] = True
            case Enqueue(priority_s):
                learned.changes["priority"] = priority_s
                learned.queue = True
            case OutOfHours():
                learned.ends, learned.outcome = True, Outcome.OUT_OF_HOURS
            case End() | AskCallback() | LeaveMessage():  # the last two only where flows are spoken
                learned.ends |= isinstance(effect, End)
    return learned
