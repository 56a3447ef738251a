"""Words of the intake: what a flow is made of, what a person answers and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from hotline.kernel.languages import Lang, is_lang

KEYS = frozenset("0123456789*#")
MAX_CALLBACK_BYTES = 64
"""What Telegram carries back with a button; every choice id must fit."""


class Kind(StrEnum):
    """What a step does: `say` and `ask` go on, the others are where a flow ends.

    `message`: the person speaks after a tone, and what they said is kept.
    """

    SAY = "say"
    ASK = "ask"
    QUEUE = "queue"
    CLOSED = "closed"
    MESSAGE = "message"
    END = "end"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something said, by catalogue id; `lang` is set where the language is not the caller's own.

    Texts may use only `$opens` (when the line opens again, already formatted); a renderer that
    writes passes it always. Sound has no variables, so a spoken text uses none.
    """

    id: str
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One key, button or number: what it sets, and where it leads (`None` stays).

    `back`: to an earlier step, if a person wishes; a few times in a contact, then it means nothing.
    `callback`: they want to be called back, and keep their place. `unrecorded`: they do not want
    the talk to be recorded; said once, it holds. `shows`: something to read, which moves nothing;
    `says`: the same, where it is one text.
    `offer`: heard only where the queue has this instead of waiting, in the queue's order.
    """

    id: str
    key: str
    label: str
    lang: Lang | None = None
    language: Lang | None = None
    topic: str | None = None
    danger: bool = False
    goto: str | None = None
    back: bool = False
    callback: bool = False
    unrecorded: bool = False
    shows: str | None = None
    says: str | None = None
    offer: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a flow.

    `otherwise` is where a `say` goes on, and where an `ask` goes once it has been put `tries`
    times without a usable answer. `recorded` is taken instead while talks are recorded: it says so,
    and who hears it to its end and presses nothing may be recorded. `number`: the words that come
    here may be a number to be called on; then, or if they are none, it goes on at `on_text`.
    `busy` and `shut` are taken instead by who is about to join a queue that overflows or is closed.
    """

    name: str
    kind: Kind
    prompts: tuple[Prompt, ...] = ()
    choices: tuple[Choice, ...] = ()
    otherwise: Choice | None = None
    on_text: str | None = None
    tries: int = 1
    recorded: str | None = None
    number: bool = False
    busy: str | None = None
    shut: str | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """What moves a contact forward: head starts in seconds, and words that mean danger."""

    danger_s: int = 0
    topics_s: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[Lang, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flow:
    """One channel's questions, proved by `flows.load`: the engine trusts every name in it.

    `known` is where a caller starts whose language is remembered, `language` what is spoken to
    whoever has chosen none; `closed` is taken instead of a
    queue while the line is shut (never in danger); `safe` is the queue step for everything that
    fits nowhere; `elsewhere` is where a call that is not taken begins and, but for danger, ends;
    `spoken` flows read their menus aloud.
    """

    channel: str
    start: str
    known: str
    danger: Choice
    safe: str
    closed: str
    steps: Mapping[str, Step]
    spoken: bool = False
    language: Lang = "ru"
    elsewhere: str | None = None
    risk: Risk = field(default_factory=Risk)

    @property
    def serves(self) -> str:
        """The kind of contact it is for: `call` or `chat`."""
        return "call" if self.spoken else "chat"

    @property
    def shut(self) -> frozenset[str]:
        """The steps heard because line or queue is shut, up to where something is recorded."""
        todo = [self.closed, *(step.shut for step in self.steps.values() if step.shut)]
        found = set[str]()
        while todo:
            step = self.steps[todo.pop()]
            if step.name not in found and step.kind not in {Kind.QUEUE, Kind.MESSAGE}:
                found.add(step.name)
                ways = (*step.choices, step.otherwise) if step.otherwise else step.choices
                todo.extend(way.goto for way in ways if way.goto)
        return frozenset(found)


class Recording(StrEnum):
    """What a caller was told of recording, and said: only who *heard* it all may be recorded.

    Nothing at all while talks are not recorded; *unheard* until the notice has been played out.
    """

    UNHEARD = "unheard"
    HEARD = "heard"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class State:
    """Where one person is; the whole memory of the engine, kept as JSON beside the contact."""

    step: str
    language: Lang | None = None
    topic: str | None = None
    danger: bool = False
    retries: int = 0
    backs: int = 0
    recording: Recording | None = None

    def to_json(self) -> dict[str, str | int | bool | None]:
        """Codes only, never a person's words."""
        return {
            "step": self.step,
            "language": self.language,
            "topic": self.topic,
            "danger": self.danger,
            "retries": self.retries,
            "backs": self.backs,
            "recording": self.recording,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Self:
        """Never raises: what cannot be read becomes unknown, and the engine leads it to safety."""
        language, topic = stored.get("language"), stored.get("topic")
        return cls(
            step=str(stored.get("step") or ""),
            language=language if is_lang(language) else None,
            topic=topic if isinstance(topic, str) else None,
            danger=stored.get("danger") is True,
            retries=_count(stored.get("retries")),
            backs=_count(stored.get("backs")),
            recording=recording_of(stored),
        )


def recording_of(stored: Mapping[str, object]) -> Recording | None:
    """What the stored state says of recording; None for anything unknown, which records nothing."""
    word = stored.get("recording")
    return Recording(word) if isinstance(word, str) and word in set(Recording) else None


def _count(stored: object) -> int:
    return stored if isinstance(stored, int) and stored >= 0 else 0


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the telephone, or a bare number written back."""

    digit: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, perhaps one of an older message."""

    choice: str


@dataclass(frozen=True, slots=True)
class Text:
    """Free words (or a picture, a voice message: then empty). They always go to a person."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The time for an answer ran out."""


Answer = Key | Pressed | Text | Nothing


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """From now on this language. Only one that was `chosen` holds for the next contact too."""

    lang: Lang
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class SetTopic:
    """What it is about, as an intake topic (config/taxonomy/intake_topics.yaml)."""

    topic: str


@dataclass(frozen=True, slots=True)
class RaiseDanger:
    """The person says there is danger; never taken back by the engine."""


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Into the queue with a head start; for one who waits already: raise the head start."""

    priority_s: int


@dataclass(frozen=True, slots=True)
class AskCallback:
    """The person wants to be called back instead of waiting on the line."""


@dataclass(frozen=True, slots=True)
class LeaveMessage:
    """The person wants to say something to be heard later; they wait for nobody on the line."""


@dataclass(frozen=True, slots=True)
class OutOfHours:
    """The line is shut and the person was told; the contact ends with that outcome."""


@dataclass(frozen=True, slots=True)
class End:
    """The flow ends without a queue."""


Effect = (
    SetLanguage | SetTopic | RaiseDanger | Enqueue | AskCallback | LeaveMessage | OutOfHours | End
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What to keep (`state`), say (`prompts`, in order), offer (`choices`) and do (`effects`)."""

    state: State
    kind: Kind
    prompts: tuple[Prompt, ...] = ()
    choices: tuple[Choice, ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether the questions are over: whatever comes now is no answer to one."""
        return self.kind not in {Kind.SAY, Kind.ASK}
