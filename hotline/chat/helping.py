"""What the bot does without a person, for whoever asks, at any step, and without moving anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import phonenumbers

from hotline.callbacks.requests import Answer, Requests
from hotline.chat import speech
from hotline.chat.model import Conversation, Option
from hotline.chat.ports import Inbound
from hotline.chat.transcript import Transcript, language_of
from hotline.contacts.model import Contact, ContactState
from hotline.i18n import formats
from hotline.infra.db import Uow
from hotline.intake import hours
from hotline.intake.flows import Flows
from hotline.intake.model import Choice
from hotline.kernel.languages import Lang
from hotline.kernel.phone import Number, parse
from hotline.knowledge.library import Library
from hotline.line.model import Line
from hotline.line.reader import LineReader
from hotline.routing.service import Routing

_HOME: Final = "KG"
_READ: Final = "read."
_LIST: Final = "read"
_COMMANDS: Final[Mapping[str, str]] = {"help": "help", "hours": "hours", "info": "articles"}
_CALLS: Final[Mapping[Answer, str]] = {
    Answer.PROMISED: "bot-call-promised",
    Answer.ALREADY: "bot-call-already",
    Answer.CANNOT: "bot-call-cannot",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One inbound event and whom it belongs to. `new` says that it opened the contact."""

    inbound: Inbound
    conversation: Conversation
    contact: Contact
    new: bool


class Helping:
    """Articles, opening hours, the place in the queue, and a number to be called on."""

    def __init__(
        self,
        transcript: Transcript,
        routing: Routing,
        flows: Flows,
        line: LineReader,
        library: Library,
        requests: Requests,
    ) -> None:
        self._transcript = transcript
        self._routing = routing
        self._flows = flows
        self._line = line
        self._library = library
        self._requests = requests

    async def answers(self, uow: Uow, heard: Heard) -> bool:
        """Answer what needs no person; False when it is something else, or the very first thing."""
        if heard.new:
            return False
        match self.wanted(heard.inbound):
            case "help":
                lang = language_of(heard.contact)
                await self._transcript.say(uow, heard.conversation, "help", lang=lang)
            case "hours":
                await self._write(uow, heard, await self._hours(uow, heard.contact))
            case "place":
                await self._write(uow, heard, await self._place(uow, heard.contact))
            case "text":
                await self._write(uow, heard, self._text(heard))
            case "articles":
                await self._list(uow, heard)
            case "article":
                await self._read(uow, heard)
            case _:
                return False
        return True

    async def called(self, uow: Uow, heard: Heard) -> None:
        """The words may be a number to be called on; whatever they are, a person reads them."""
        number = number_in(heard.inbound.text or "")
        if number is None:
            return
        answer = await self._requests.ask(uow, heard.contact, number)
        lang = language_of(heard.contact)
        masked = {} if answer is Answer.CANNOT else {"number": number.masked}
        text = self._transcript.catalogue.t(lang, _CALLS[answer], **masked)
        await self._write(uow, heard, text)

    def words(self, heard: Heard) -> str | None:
        """What a button of ours says, where the flow does not know it."""
        press, lang = heard.inbound.press or "", language_of(heard.contact)
        if press == _LIST:
            return self._transcript.catalogue.t(lang, "bot-read-more")
        article = self._library.get(press.removeprefix(_READ))
        return article.title[lang] if article is not None and press.startswith(_READ) else None

    def wanted(self, inbound: Inbound) -> str | None:
        """What is to be shown; None for everything that is not ours to answer."""
        if inbound.kind == "command":
            return _COMMANDS.get(inbound.text or "")
        if inbound.kind != "press":
            return None
        if inbound.press == _LIST:
            return "articles"
        if (inbound.press or "").startswith(_READ):
            return "article"
        choice = self._choice(inbound)
        if choice is None:
            return None
        return choice.shows or ("text" if choice.says else None)

    def _choice(self, inbound: Inbound) -> Choice | None:
        steps = self._flows[inbound.channel].steps.values()
        choices = (choice for step in steps for choice in step.choices)
        return next((c for c in choices if c.id == inbound.press), None)

    def _text(self, heard: Heard) -> str:
        choice = self._choice(heard.inbound)
        said = choice.says if choice is not None else None
        return self._transcript.catalogue.t(language_of(heard.contact), said) if said else ""

    async def _list(self, uow: Uow, heard: Heard) -> None:
        contact = heard.contact
        lang = language_of(contact)
        shown = self._library.for_callers(contact.topic)
        if heard.inbound.press == _LIST:  # they have read what there is about theirs
            shown = self._library.for_callers(None)
        options = tuple(Option(f"{_READ}{a.id}", "", "", lang, a.title[lang]) for a in shown)
        if len(shown) < len(self._library.for_callers(None)):
            options += (Option(_LIST, "", "bot-read-more", lang),)
        text = self._transcript.catalogue.t(lang, "bot-read-list")
        await self._write(uow, heard, text, options)

    async def _read(self, uow: Uow, heard: Heard) -> None:
        """Nothing for an article that is no more: the list is still there."""
        article = self._library.get((heard.inbound.press or "").removeprefix(_READ))
        if article is None:
            await self._list(uow, heard)
            return
        lang = language_of(heard.contact)
        on = formats.day(lang, article.checked_on)
        checked = self._transcript.catalogue.t(lang, "bot-read-checked", date=on)
        text = "\n\n".join([article.title[lang], article.body[lang], checked])
        await self._write(uow, heard, text, (Option(_LIST, "", "bot-read-more", lang),))

    async def _hours(self, uow: Uow, contact: Contact) -> str:
        lang, now = language_of(contact), await uow.time()
        line = await self._line.now(uow)
        said = [self._week(line, lang)]
        if not line.is_open(now):
            at = line.next_open(now)
            opens = formats.opens(lang, at, now) if at else "…"
            said.insert(0, self._transcript.catalogue.t(lang, "bot-hours-shut", opens=opens))
        return "\n".join(said)

    def _week(self, line: Line, lang: Lang) -> str:
        if hours.round_the_clock(line.hours):
            return self._transcript.catalogue.t(lang, "bot-hours-always")
        week = hours.in_words(line.hours, formats.weekdays(lang))
        rows = [f"{days}: {times or '—'}" for days, times in week]
        return "\n".join([self._transcript.catalogue.t(lang, "bot-hours"), *rows])

    async def _place(self, uow: Uow, contact: Contact) -> str:
        """Only what was counted or measured; nothing where too little is known."""
        lang, t = language_of(contact), self._transcript.catalogue.t
        if contact.state in {ContactState.RESERVED, ContactState.TALKING}:
            return t(lang, "bot-place-with-you")
        now, line = await uow.time(), await self._line.now(uow)
        outlook = await self._routing.outlook(uow, contact)
        if outlook is None:
            return t(lang, "bot-place-unknown")
        said = [t(lang, "bot-place", before=outlook.place - 1)]
        if not line.is_open(now):
            at = line.next_open(now)
            opens = formats.opens(lang, at, now) if at else "…"
            said.append(t(lang, "bot-hours-shut", opens=opens))
        elif (wait := outlook.wait) is not None:
            span = {"minutes": wait.likely, "low": wait.low, "high": wait.high}
            said.append(t(lang, "bot-place-minutes", **span))
        return " ".join(said)

    async def _write(
        self, uow: Uow, heard: Heard, text: str, options: tuple[Option, ...] = ()
    ) -> None:
        """Not by SMS: each costs, and may be read by the wrong eyes."""
        if heard.inbound.channel not in speech.NUMBERED:
            await self._transcript.write(uow, heard.contact.id, text, options=options)


def number_in(words: str) -> Number | None:
    """The one telephone number in a text, as written here or with its country; None: none, or two.

    With a plus it is what it says; without one it is read by the rules of the country.
    """
    found = {match.raw_string for match in phonenumbers.PhoneNumberMatcher(words, _HOME)}
    numbers = {parse(raw) for raw in found} or {parse(words)}
    full = {number.e164: number for number in numbers if number.e164 is not None}
    return next(iter(full.values())) if len(full) == 1 else None
