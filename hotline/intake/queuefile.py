"""Reads config/queues.yaml, and proves that each queue can do what it promises."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.i18n.catalogue import Catalogue
from hotline.infra import yamlfile
from hotline.intake.flows import Flows
from hotline.intake.model import Choice, Flow
from hotline.intake.queues import PARTNER, Queue, Queues
from hotline.kernel.errors import Problems
from hotline.kernel.languages import LANGS, Lang

NAME: Final = "queues.yaml"


class QueueProblems(Problems):
    """The queues cannot be used; `problems` names every place."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Overflow(_Part):
    waiting_over: Annotated[int, Field(ge=0, le=100_000)] | None = None
    longest_min: Annotated[int, Field(ge=1, le=1440)] | None = None
    offer: tuple[str, ...] = ()


class _Queue(_Part):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name: dict[Lang, Annotated[str, Field(min_length=1, max_length=60)]]
    kinds: frozenset[Literal["call", "chat"]] = frozenset()
    languages: frozenset[Lang] = frozenset()
    topics: frozenset[str] = frozenset()
    overflow: _Overflow = _Overflow()


class _File(_Part):
    queues: Annotated[tuple[_Queue, ...], Field(min_length=1)]


def load(
    config: Path,
    catalogue: Catalogue,
    flows: Flows,
    *,
    topics: Iterable[str],
    partners: Mapping[str, str],
) -> Queues:
    """The queues of a configuration folder. `partners`: numbers by id. Raises QueueProblems."""
    problems: list[str] = []
    read = yamlfile.read(config / NAME, _File, problems)
    if read is None:
        raise QueueProblems(problems)
    queues = Queues(tuple(_queue(one) for one in read.queues))
    problems += _shapes(queues, frozenset(topics))
    for queue in queues.listed:
        where = f"{NAME}: {queue.id}.overflow.offer"
        for offer in queue.offers:
            problems += (f"{where}: {each}" for each in _offer(offer, queue, flows, partners))
            if offer.startswith(PARTNER):
                number = partners.get(offer.removeprefix(PARTNER), "")
                problems += (f"{where}: {each}" for each in _said(offer, number, flows, catalogue))
    if problems:
        raise QueueProblems(list(dict.fromkeys(problems)))
    return queues


def _queue(read: _Queue) -> Queue:
    longest = read.overflow.longest_min
    return Queue(
        read.id,
        read.name,
        frozenset(read.kinds),
        frozenset(read.languages),
        read.topics,
        waiting_over=read.overflow.waiting_over,
        longest=timedelta(minutes=longest) if longest else None,
        offers=read.overflow.offer,
    )


def _shapes(queues: Queues, topics: frozenset[str]) -> Iterator[str]:
    seen: set[str] = set()
    *_, last = queues.listed
    for queue in queues.listed:
        where = f"{NAME}: {queue.id}"
        if queue.id in seen:
            yield f"{where}: the id stands here twice"
        seen.add(queue.id)
        if missing := [lang for lang in LANGS if lang not in queue.name]:
            yield f"{where}.name: not in {', '.join(missing)}"
        if unknown := sorted(queue.topics - topics):
            yield f"{where}.topics: there is no topic {', '.join(unknown)}"
        if queue.catches_all is not (queue is last):
            wrong = "only the last takes everything" if queue is not last else "it is the last"
            yield f"{where}: {wrong}, contacts would fit nowhere or never reach the next"


def _offer(offer: str, queue: Queue, flows: Flows, partners: Mapping[str, str]) -> Iterator[str]:
    """What is offered is known, and can be chosen where the queue is told of."""
    if offer.startswith(PARTNER) and offer.removeprefix(PARTNER) not in partners:
        yield f"dialing.toml has no partner {offer.removeprefix(PARTNER)!r}"
    told = [
        flow for flow in flows.by_channel.values() if not queue.kinds or flow.serves in queue.kinds
    ]
    if not any(_chosen(flow, offer) for flow in told):
        names = ", ".join(f"{flow.channel}.yaml" for flow in told)
        yield f"{offer!r} is no `offer` in flows/{names}"


def _chosen(flow: Flow, offer: str) -> list[Choice]:
    return [
        choice for step in flow.steps.values() for choice in step.choices if choice.offer == offer
    ]


def _said(offer: str, number: str, flows: Flows, catalogue: Catalogue) -> Iterator[str]:
    """A partner's number is the one of dialing.toml, wherever it is said, in each language."""
    for flow in flows.by_channel.values():
        for choice in _chosen(flow, offer):
            prompts = flow.steps[choice.goto].prompts if choice.goto else ()
            said = [choice.says] if choice.says else [prompt.id for prompt in prompts]
            for lang in LANGS:
                words = "".join(catalogue.t(lang, one) for one in said)
                if _digits(number) not in _digits(words):
                    yield f"{choice.id} in flows/{flow.channel}.yaml says another number ({lang})"


def _digits(words: str) -> str:
    return "".join(sign for sign in words if sign.isdecimal())
