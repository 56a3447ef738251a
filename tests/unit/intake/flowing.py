"""Builders for the intake tests: the shipped catalogue and flows, and small ones of their own."""

from functools import cache
from pathlib import Path

from hotline.i18n.catalogue import Catalogue
from hotline.intake.flows import Flows, load_all
from hotline.intake.model import Choice, Flow, Kind, Prompt, Step

ROOT = Path(__file__).resolve().parents[3]
DANGER = Choice("danger", "0", "bot-danger", danger=True, goto="urgent")


class EverySound:
    """A shelf of sounds where nothing is missing."""

    def has(self, lang: str, prompt_id: str) -> bool:
        return bool(lang and prompt_id)


class NoSound:
    """A shelf of sounds where everything is missing."""

    def has(self, lang: str, prompt_id: str) -> bool:
        return not (lang and prompt_id)


@cache
def shipped_catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "hotline" / "locales")


@cache
def shipped_flows() -> Flows:
    return load_all(ROOT / "config", shipped_catalogue(), sounds=None)


def a_flow(*steps: Step, spoken: bool = False, danger: Choice = DANGER) -> Flow:
    """A flow that starts at `ask` and has the queue steps every flow needs, unless given."""
    given = {step.name: step for step in steps}
    needed = {
        "wait": Step("wait", Kind.QUEUE, (Prompt("bot-wait"),)),
        "urgent": Step("urgent", Kind.QUEUE, (Prompt("bot-wait-danger"),)),
        "later": Step("later", Kind.QUEUE, (Prompt("bot-closed"),)),
    }
    return Flow(
        "telegram",
        start="ask",
        known="ask",
        danger=danger,
        safe="wait",
        closed="later",
        steps=needed | given,
        spoken=spoken,
    )


def an_ask(name: str, *choices: Choice, otherwise: str | None = "wait") -> Step:
    after = Choice("", "", "", goto=otherwise) if otherwise else None
    return Step(name, Kind.ASK, (Prompt("bot-topic"),), choices, otherwise=after)
