"""Reads config/routing.yaml: what is no longer asked, and after how much waiting."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.infra import yamlfile
from hotline.kernel.errors import Problems
from hotline.routing.matching import EXPERT, FLUENT, KNOWS, Relaxing, Step

NAME: Final = "routing.yaml"
_LEVELS: Final = {"second": 1, "any": 0}


class RelaxingProblems(Problems):
    """The table cannot be used; `problems` names every place."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    after_s: Annotated[int, Field(ge=0, le=86_400)]
    topic: Literal["second", "any"] | None = None
    language: Literal["second", "any"] | None = None
    reserve: Literal["open"] | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    relax: tuple[_Row, ...]
    levels: dict[str, Annotated[int, Field(ge=KNOWS, le=EXPERT)]] = {}


def load(config: Path, languages: Iterable[str], topics: Iterable[str]) -> Relaxing:
    """The table of a configuration folder, for these codes. Raises RelaxingProblems."""
    problems: list[str] = []
    known = frozenset(topics)
    read = yamlfile.read(config / NAME, _File, problems)
    if read is None:
        raise RelaxingProblems(problems)
    problems += [
        f"{NAME}: levels.{topic}: there is no such topic"
        for topic in sorted(read.levels.keys() - known)
    ]
    steps: list[Step] = []
    now = Step(timedelta(-1), FLUENT, max(read.levels.values(), default=KNOWS), reserve=False)
    for number, row in enumerate(read.relax):
        where = f"{NAME}: relax.{number}"
        after = timedelta(seconds=row.after_s)
        language = now.language if row.language is None else _LEVELS[row.language]
        topic = now.topic if row.topic is None else _LEVELS[row.topic]
        step = Step(after, language, topic, reserve=now.reserve or row.reserve is not None)
        problems += [f"{where}: {wrong}" for wrong in _wrong(step, now)]
        steps.append(step)
        now = step
    if now.language or now.topic:
        problems.append(f"{NAME}: relax: in the end neither language nor topic may be asked for")
    if problems:
        raise RelaxingProblems(problems)
    return Relaxing(tuple(steps), frozenset(languages), known, read.levels)


def _wrong(step: Step, before: Step) -> Iterator[str]:
    if step.after <= before.after:
        yield "after_s must be more than in the row before"
    if step.language > before.language:
        yield "language is asked for again after it was dropped"
    elif step.topic > before.topic:
        yield "topic is asked for again after it was dropped"
    elif replace(step, after=before.after) == before:
        yield "drops nothing that is still asked"
