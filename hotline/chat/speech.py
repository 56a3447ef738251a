"""What the house itself says in a chat: turns of the intake and a few lines of its own, as text."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from hotline.chat.model import Option
from hotline.chat.ports import Button
from hotline.i18n.catalogue import Catalogue
from hotline.intake.model import Choice, Prompt, Turn
from hotline.kernel.languages import Lang

Line = Literal[
    "joined",
    "ended",
    "stopped",
    "requeued",
    "help",
    "language",
    "too-large",
    "erased",
    "erased_some",
    "erased_held",
    "remind",
    "code",
]

# What a channel has no words for is not said there: an SMS may be read by the wrong eyes.
# A messenger that is not here says what the bot says.
LINES: Final[Mapping[str, Mapping[Line, str]]] = {
    "telegram": {
        "joined": "bot-operator-joined",
        "ended": "bot-ended",
        "stopped": "bot-stopped",
        "requeued": "bot-requeued",
        "help": "bot-help",
        "language": "bot-language-set",
        "too-large": "bot-file-too-large",
        "erased": "bot-deleted",
        "erased_some": "bot-deleted-some",
        "erased_held": "bot-deleted-held",
        "remind": "bot-remind",
        "code": "bot-code-kept",
    },
    "sms": {
        "ended": "bot-sms-ended",
        "language": "bot-sms-language-set",
        "erased": "bot-sms-deleted",
        "erased_some": "bot-sms-deleted",
        "erased_held": "bot-sms-deleted-held",
        "code": "bot-sms-code-kept",
    },
}
_KEPT: Final = frozenset({"photo", "voice", "document", "location", "contact", "sticker"})
_WORDS: Final = frozenset({"text", "edited", "press", "command", "stop", "resume"})
# Where choices are shown as numbers, a bare number is an answer; elsewhere it is just a text.
NUMBERED: Final = frozenset({"sms"})
# Where whoever holds the telephone reads what we write, and is taken for the person: what is said
# automatically is kept back where it must be, and a silence of a day ends a conversation.
GUARDED: Final = frozenset({"sms"})


def line(channel: str, which: Line) -> str | None:
    """The catalogue id of a line of the house, or None where it is better left unsaid."""
    return LINES.get(channel, LINES["telegram"]).get(which)


def kept(channel: str, kind: str) -> str | None:
    """The polite line for what is not words: it arrived, and whether somebody can look at it."""
    if kind in _WORDS:
        return None
    if channel == "sms":
        return "bot-sms-kept"
    return f"bot-kept-{kind if kind in _KEPT else 'other'}"


def text(
    catalogue: Catalogue, prompts: Iterable[Prompt], lang: Lang, *, opens: str, hours: str
) -> str:
    """The prompts as one message, a paragraph each."""
    said = (
        catalogue.t(prompt.lang or lang, prompt.id, opens=opens, hours=hours) for prompt in prompts
    )
    return "\n\n".join(said)


def options(turn: Turn, lang: Lang) -> tuple[Option, ...]:
    """The choices of a turn; danger is not offered again to whoever said it already."""
    return options_of(turn.choices, lang, danger_said=turn.state.danger)


def options_of(choices: Iterable[Choice], lang: Lang, *, danger_said: bool) -> tuple[Option, ...]:
    """Choices as they are kept beside a message."""
    return tuple(
        Option(choice.id, choice.key, choice.label, choice.lang or lang)
        for choice in choices
        if not (choice.danger and danger_said and choice.topic is None)
    )


def buttons(catalogue: Catalogue, offered: Iterable[Option]) -> tuple[Button, ...]:
    """Options with their words."""
    return tuple(Button(o.id, o.key, o.text or catalogue.t(o.lang, o.label)) for o in offered)
