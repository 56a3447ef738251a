"""From XML text to typed verbs; what the vendor's schema forbids is refused here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from hotline.simulator.carrier import nouns
from hotline.simulator.carrier.dialects import Dialect
from hotline.simulator.carrier.errors import DocumentError
from hotline.simulator.carrier.reading import Attributes
from hotline.simulator.carrier.verbs import (
    Dial,
    Enqueue,
    Gather,
    Hangup,
    Leave,
    Pause,
    Play,
    Prompt,
    Record,
    Redirect,
    Reject,
    Say,
    Unreadable,
    Verb,
)

_MAX_BYTES = 64 * 1024
_REJECT_REASONS = frozenset({"rejected", "busy"})
_TRIMS = frozenset({"trim-silence", "do-not-trim"})
_ALL_KEYS = "1234567890*#"
_TONES = re.compile(r"[0-9A-D*#wW]+")


@dataclass(frozen=True, slots=True)
class Document:
    """Verbs in order; ``warnings`` are verbs and attributes the schema does not know."""

    verbs: tuple[Verb, ...]
    warnings: tuple[str, ...]


def parse(text: bytes | str, dialect: Dialect) -> Document:
    """Read a document. Raises ``DocumentError`` 12100 (no XML) or 12200 (not the schema)."""
    root = _root(text)
    reader = _Reader(dialect)
    reader.leaf_attributes(root)
    verbs = tuple(reader.verbs(root))
    return Document(verbs=verbs, warnings=tuple(reader.warnings))


def _root(text: bytes | str) -> ET.Element:
    if len(text) > _MAX_BYTES:
        raise DocumentError(11750, "Document is larger than 64 kB")
    try:
        root = ET.fromstring(text)  # noqa: S314 - expat refuses entity bombs; one known sender
    except ET.ParseError as error:
        raise DocumentError(12100, f"Document parse failure: {error.msg}") from error
    if root.tag != "Response":
        raise DocumentError(12102, "The root element must be Response")
    if (root.text or "").strip():
        raise DocumentError(12200, "Text is not allowed directly in Response")
    return root


class _Reader:
    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self.warnings: list[str] = []
        self._verbs: dict[str, Callable[[ET.Element], Verb]] = {
            "Play": self._play,
            "Say": self._say,
            "Pause": self._pause,
            "Gather": self._gather,
            "Redirect": self._redirect,
            "Hangup": self._hangup,
            "Reject": self._reject,
            "Record": self._record,
            "Dial": self._dial,
            "Enqueue": self._enqueue,
            "Leave": self._leave,
        }

    def verbs(self, root: ET.Element) -> Iterator[Verb]:
        """What is not known is passed over; the small carrier ends there, having done the rest."""
        for element in root:
            if element.tag not in self._dialect.verbs and self._dialect.reliable:
                self.warnings.append(element.tag)
                continue
            try:
                yield self._verb(element)
            except DocumentError as error:
                if self._dialect.reliable:
                    raise
                yield Unreadable(error.code, error.message)
                return

    def _verb(self, element: ET.Element) -> Verb:
        if element.tag not in self._dialect.verbs:
            raise DocumentError(12200, f"Invalid element {element.tag}")
        if (element.tail or "").strip():
            raise DocumentError(12200, f"Text is not allowed after {element.tag}")
        return self._verbs[element.tag](element)

    def leaf_attributes(self, element: ET.Element) -> None:
        self._done(Attributes(element.tag, element.attrib))

    def _attributes(self, element: ET.Element, *, children: bool = False) -> Attributes:
        if not children and len(element):
            raise DocumentError(12200, f"{element.tag} may not contain {element[0].tag}")
        return Attributes(element.tag, element.attrib)

    def _done(self, attributes: Attributes) -> None:
        self.warnings.extend(attributes.unknown())

    def _play(self, element: ET.Element) -> Play:
        attributes = self._attributes(element)
        digits = attributes.text("digits") or ""
        loop = attributes.number("loop", default=1, low=0, high=1000)
        self._done(attributes)
        url = (element.text or "").strip()
        if digits and not _TONES.fullmatch(digits):
            raise DocumentError(12200, "digits allows only keys and w")
        if not self._dialect.reliable:
            digits = ""
        if not url and not digits:
            raise DocumentError(12200, "Play needs a URL or digits")
        return Play(url=url, loop=loop, digits=digits)

    def _say(self, element: ET.Element) -> Say:
        attributes = self._attributes(element, children=True)
        attributes.known("voice", "language")
        loop = attributes.number("loop", default=1, low=0, high=1000)
        self._done(attributes)
        return Say(text="".join(element.itertext()).strip(), loop=loop)

    def _pause(self, element: ET.Element) -> Pause:
        attributes = self._attributes(element)
        length = attributes.number("length", default=1, low=0, high=600)
        self._done(attributes)
        return Pause(length_s=length)

    def _gather(self, element: ET.Element) -> Gather:
        a = self._attributes(element, children=True)
        a.known("hints", "speechTimeout", "speechModel", "profanityFilter", "debug")
        a.known("partialResultCallback", "partialResultCallbackMethod", "enhanced", "bargeIn")
        listens = a.words("input", default="dtmf", allowed=frozenset({"dtmf", "speech"}))
        a.known("language")
        digits = a.text("numDigits")
        verb = Gather(
            prompts=tuple(self._prompt(child) for child in element),
            num_digits=a.number("numDigits", default=1, low=1, high=100) if digits else None,
            timeout_s=a.number("timeout", default=5, low=0, high=600),
            finish_on_key=self._gather_ends(a),
            action=a.text("action"),
            method=a.method(),
            action_on_empty=a.flag("actionOnEmptyResult", default=False),
            keys="dtmf" in listens or not self._dialect.reliable,
        )
        self._done(a)
        return verb

    def _prompt(self, element: ET.Element) -> Prompt:
        if element.tag not in self._dialect.gather_children:
            raise DocumentError(12200, f"{element.tag} is not allowed within Gather")
        verb = self._verbs[element.tag](element)
        if not isinstance(verb, Play | Say | Pause):
            raise DocumentError(12200, f"{element.tag} is not allowed within Gather")
        return verb

    def _redirect(self, element: ET.Element) -> Redirect:
        attributes = self._attributes(element)
        method = attributes.method()
        self._done(attributes)
        return Redirect(url=(element.text or "").strip(), method=method)

    def _hangup(self, element: ET.Element) -> Hangup:
        self._done(self._attributes(element))
        return Hangup()

    def _reject(self, element: ET.Element) -> Reject:
        attributes = self._attributes(element)
        reason = attributes.choice("reason", default="rejected", allowed=_REJECT_REASONS)
        self._done(attributes)
        return Reject(reason=reason)

    def _record(self, element: ET.Element) -> Record:
        a = self._attributes(element)
        a.known("transcribe", "transcribeCallback", "recordingChannels")
        trim = a.choice("trim", default="trim-silence", allowed=_TRIMS)
        verb = Record(
            action=a.text("action"),
            method=a.method(),
            timeout_s=a.number("timeout", default=5, low=0, high=600),
            max_length_s=a.number("maxLength", default=3600, low=1, high=14400),
            finish_on_key=self._finish_key(a, default=_ALL_KEYS),
            hook=nouns.recording_hook(a, self._dialect),
            beep=a.flag("playBeep", default=True),
            trim=trim == "trim-silence" and self._dialect.trims,
        )
        self._done(a)
        return verb

    def _dial(self, element: ET.Element) -> Dial:
        verb, warnings = nouns.read_dial(element, self._dialect)
        self.warnings.extend(warnings)
        return verb

    def _enqueue(self, element: ET.Element) -> Enqueue:
        a = self._attributes(element)
        name = (element.text or "").strip()
        if not name:
            raise DocumentError(12200, "Enqueue needs the name of a queue")
        verb = Enqueue(
            name=name,
            action=a.text("action"),
            method=a.method(),
            wait_url=a.text("waitUrl"),
            wait_method=a.method("waitUrlMethod"),
        )
        self._done(a)
        return verb

    def _leave(self, element: ET.Element) -> Leave:
        self._done(self._attributes(element))
        return Leave()

    def _gather_ends(self, attributes: Attributes) -> str:
        """The small carrier knows one key only, and takes # where there are more."""
        keys = self._finish_key(attributes, default="#")
        return keys if self._dialect.reliable or len(keys) < 2 else "#"  # noqa: PLR2004

    @staticmethod
    def _finish_key(attributes: Attributes, *, default: str) -> str:
        value = attributes.text("finishOnKey")
        keys = default if value is None else value
        if any(key not in _ALL_KEYS for key in keys):
            raise DocumentError(12200, "finishOnKey allows only digits, * and #")
        return keys
