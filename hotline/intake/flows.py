"""Flows from YAML: read, turned into the engine's words, and proved before anything starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.i18n.catalogue import Catalogue
from hotline.infra import yamlfile
from hotline.intake import hours as opening
from hotline.intake.hours import Hours, HoursProblems
from hotline.intake.model import Choice, Flow, Kind, Prompt, Risk, Step
from hotline.intake.proof import Sounds, Texts, prove
from hotline.intake.risk import fold
from hotline.kernel.errors import Problems
from hotline.kernel.languages import LANGS, Lang

CHANNELS = ("voice", "telegram", "sms")


class FlowProblems(Problems):
    """Flows, hours or danger words do not fit; `problems` names every place at once."""


@dataclass(frozen=True, slots=True)
class Flows:
    """One proved flow per channel, the hours all of them obey, and the links people come by."""

    by_channel: Mapping[str, Flow]
    hours: Hours
    campaigns: frozenset[str] = frozenset()

    def __getitem__(self, channel: str) -> Flow:
        """A channel without questions of its own asks those of the bot."""
        return self.by_channel.get(channel) or self.telegram

    @property
    def voice(self) -> Flow:
        """The questions on the telephone."""
        return self.by_channel["voice"]

    @property
    def telegram(self) -> Flow:
        """The questions in the bot."""
        return self.by_channel["telegram"]

    @property
    def sms(self) -> Flow:
        """The one question by SMS."""
        return self.by_channel["sms"]


def load(folder: Path, catalogue: Catalogue, *, sounds: Sounds | None, hours: Hours) -> Flows:
    """Read `folder/{voice,telegram,sms}.yaml` and those of other channels that are there.

    And risk.yaml and danger_words.yaml beside it.

    Raises FlowProblems with everything that is wrong. Without `sounds` no audio is asked for:
    that is for processes that never answer a call.
    """
    problems: list[str] = []
    risk = _risk(folder.parent, problems)
    links = yamlfile.read(folder.parent / "taxonomy" / "campaigns.yaml", _CampaignsFile, problems)
    flows: dict[str, Flow] = {}
    others = sorted(path.stem for path in folder.glob("*.yaml"))
    for channel in dict.fromkeys((*CHANNELS, *others)):
        read = yamlfile.read(folder / f"{channel}.yaml", _FlowFile, problems)
        if read is None:
            continue
        flow = _flow(channel, read, risk)
        flows[channel] = flow
        problems.extend(
            f"{channel}.yaml: {problem}" for problem in prove(flow, Texts(catalogue, sounds))
        )
    if problems:
        raise FlowProblems(problems)
    return Flows(flows, hours, frozenset(links.campaigns if links else ()))


def load_all(
    config: Path, catalogue: Catalogue, *, sounds: Sounds | None, hours_file: str = "hours.toml"
) -> Flows:
    """Hours and flows of a configuration folder; raises FlowProblems with all problems of both."""
    problems: list[str] = []
    hours = opening.always()
    try:
        hours = opening.load(config / hours_file)
    except HoursProblems as error:
        problems.extend(error.problems)
    try:
        flows = load(config / "flows", catalogue, sounds=sounds, hours=hours)
    except FlowProblems as error:
        raise FlowProblems([*problems, *error.problems]) from None
    if problems:
        raise FlowProblems(problems)
    return flows


def check(
    config: Path, catalogue: Catalogue, *, sounds: Sounds | None, hours_file: str = "hours.toml"
) -> list[str]:
    """Everything wrong with the hours, flows and danger words of a folder; empty when proved."""
    try:
        load_all(config, catalogue, sounds=sounds, hours_file=hours_file)
    except FlowProblems as error:
        return error.problems
    return []


# ------------------------------------------------------------------------------------ the files


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _PromptFile(_Part):
    id: str
    lang: Lang | None = None


class _ChoiceFile(_Part):
    id: Annotated[str, Field(min_length=1)]
    key: Annotated[str, Field(min_length=1, max_length=1)]
    label: str
    lang: Lang | None = None
    language: Lang | None = None
    topic: str | None = None
    danger: bool = False
    goto: str | None = None
    back: bool = False
    callback: bool = False
    unrecorded: bool = False
    shows: Literal["articles", "hours", "place"] | None = None
    says: str | None = None
    offer: str | None = None


class _OtherwiseFile(_Part):
    goto: str


class _StepFile(_Part):
    kind: Literal["say", "ask", "queue", "closed", "message", "end"]
    prompts: tuple[str | _PromptFile, ...] = ()
    choices: tuple[_ChoiceFile, ...] = ()
    otherwise: _OtherwiseFile | None = None
    on_text: str | None = None
    tries: Annotated[int, Field(ge=1, le=5)] = 1
    recorded: str | None = None
    number: bool = False
    busy: str | None = None
    shut: str | None = None


class _FlowFile(_Part):
    start: str
    known: str
    safe: str
    closed: str
    elsewhere: str | None = None
    spoken: bool = False
    language: Lang = "ru"
    danger: _ChoiceFile
    steps: Annotated[dict[str, _StepFile], Field(min_length=1)]


class _CampaignsFile(_Part):
    # What Telegram carries in a link, and short enough to be read in a list.
    campaigns: tuple[Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,32}$")], ...]


class _RiskFile(_Part):
    danger_s: Annotated[int, Field(ge=0, le=86_400)]
    topics_s: dict[str, Annotated[int, Field(ge=0, le=86_400)]]


class _WordsFile(_Part):
    review: str
    words: dict[Lang, tuple[Annotated[str, Field(min_length=3)], ...]]


def _risk(config: Path, problems: list[str]) -> Risk:
    numbers = yamlfile.read(config / "risk.yaml", _RiskFile, problems)
    words = yamlfile.read(config / "danger_words.yaml", _WordsFile, problems)
    if numbers is None or words is None:
        return Risk()
    problems.extend(
        f"danger_words.yaml: no words for {lang}" for lang in LANGS if not words.words.get(lang)
    )
    folded = {
        lang: tuple(dict.fromkeys(fold(entry) for entry in entries))
        for lang, entries in words.words.items()
    }
    return Risk(numbers.danger_s, numbers.topics_s, folded)


# ---------------------------------------------------------------------- files to the engine's words


def _choice(read: _ChoiceFile) -> Choice:
    return Choice(**read.model_dump())


def _step(name: str, read: _StepFile) -> Step:
    return Step(
        name,
        Kind(read.kind),
        prompts=tuple(
            Prompt(prompt) if isinstance(prompt, str) else Prompt(prompt.id, prompt.lang)
            for prompt in read.prompts
        ),
        choices=tuple(_choice(choice) for choice in read.choices),
        otherwise=Choice("", "", "", goto=read.otherwise.goto) if read.otherwise else None,
        on_text=read.on_text,
        tries=read.tries,
        recorded=read.recorded,
        number=read.number,
        busy=read.busy,
        shut=read.shut,
    )


def _flow(channel: str, read: _FlowFile, risk: Risk) -> Flow:
    return Flow(
        channel,
        start=read.start,
        known=read.known,
        danger=_choice(read.danger),
        safe=read.safe,
        closed=read.closed,
        elsewhere=read.elsewhere,
        steps={name: _step(name, one) for name, one in read.steps.items()},
        spoken=read.spoken,
        language=read.language,
        risk=risk,
    )
