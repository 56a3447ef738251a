"""The very words of a queue that overflows or is closed, before anybody hears them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hotline.i18n.catalogue import Catalogue
from hotline.intake import engine
from hotline.intake.flows import Flows
from hotline.intake.model import Flow, Prompt, State, Turn
from hotline.intake.queues import Door, Doors, Queue, Queues
from hotline.kernel.languages import LANGS, Lang

_ANY: Final = frozenset[str]()
# What depends on the day, and is not known before.
_LATER: Final = {"opens": "…", "hours": "…"}


def words(
    flows: Flows, catalogue: Catalogue, queue: Queue, door: Door
) -> dict[str, dict[str, str]]:
    """By channel and language, what somebody hears or reads who is about to join the queue.

    Keys are read aloud; buttons stand in brackets. Made by the engine itself.
    """
    anybody = replace(queue, kinds=_ANY, languages=_ANY, topics=_ANY)
    doors = Doors(Queues((anybody,)), {queue.id: door})
    return {
        flow.channel: {lang: _words(flow, catalogue, lang, doors) for lang in LANGS}
        for flow in flows.by_channel.values()
        if not queue.kinds or flow.serves in queue.kinds
    }


def _words(flow: Flow, catalogue: Catalogue, lang: Lang, doors: Doors) -> str:
    turn = engine.arrive(flow, State("", lang), doors)
    said = (_text(catalogue, lang, prompt) for prompt in turn.prompts)
    if flow.spoken:
        return " ".join(said)
    return "\n\n".join((*said, " ".join(_buttons(catalogue, lang, turn))))


def _text(catalogue: Catalogue, lang: Lang, prompt: Prompt) -> str:
    return catalogue.t(prompt.lang or lang, prompt.id, **_LATER)


def _buttons(catalogue: Catalogue, lang: Lang, turn: Turn) -> Iterator[str]:
    for choice in turn.choices:
        yield f"[{catalogue.t(choice.lang or lang, choice.label)}]"
