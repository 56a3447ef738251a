"""The proof of a flow: what must hold before a single caller meets it, all problems at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from hotline.i18n.catalogue import Catalogue
from hotline.intake.model import KEYS, MAX_CALLBACK_BYTES, Choice, Flow, Kind, Step
from hotline.kernel.languages import LANGS

MAX_SMS_CHARACTERS: Final = 70
"""One Cyrillic SMS. A second part may arrive alone, or not at all."""
_RENDERERS_PASS: Final = frozenset({"opens", "hours"})
_ENDS: Final = frozenset({Kind.QUEUE, Kind.CLOSED, Kind.MESSAGE, Kind.END})
_KEY_NAMES: Final = {"*": "star", "#": "hash"}


class Sounds(Protocol):
    """What the proof asks of the recorded prompts."""

    def has(self, lang: str, prompt_id: str) -> bool:
        """Whether this very language has a sound file for the prompt."""
        ...


@dataclass(frozen=True, slots=True)
class Texts:
    """Where words and sounds are looked up; without sounds none are asked for."""

    catalogue: Catalogue
    sounds: Sounds | None


def prove(flow: Flow, texts: Texts) -> list[str]:
    """Everything that is wrong with a flow, in words; the engine needs the answer to be `[]`."""
    names = list(_names(flow))
    problems = [
        *names,
        *_danger(flow),
        *_shapes(flow),
        *_choices(flow),
        *_recorded(flow),
        *_doors(flow),
        *_prompts(flow, texts),
    ]
    if not names:  # a graph with holes in it proves nothing
        problems += [*_reachable(flow), *_loops(flow), *_shut(flow), *_elsewhere(flow)]
    return problems


def _names(flow: Flow) -> Iterator[str]:
    """Every name leads to a step."""
    entries = {
        "start": flow.start,
        "known": flow.known,
        "safe": flow.safe,
        "closed": flow.closed,
        "danger.goto": flow.danger.goto,
    }
    if flow.elsewhere is not None:
        entries["elsewhere"] = flow.elsewhere
    for place, name in entries.items():
        if name not in flow.steps:
            yield f"{place}: there is no step {name!r}"
    for step in flow.steps.values():
        for place, name in _edges(step):
            if name not in flow.steps:
                yield f"steps.{step.name}.{place}: there is no step {name!r}"


def _danger(flow: Flow) -> Iterator[str]:
    """Danger, and everything that fits nowhere, gets to a queue."""
    if not flow.danger.danger:
        yield "danger: the choice must set danger: true"
    for place, name in (("danger.goto", flow.danger.goto), ("safe", flow.safe)):
        step = flow.steps.get(name or "")
        if step is not None and step.kind is not Kind.QUEUE:
            yield f"{place}: {step.name!r} must be a queue step"
    closed = flow.steps.get(flow.closed)
    if closed is not None and closed.kind is Kind.END:
        yield "closed: who finds the line shut must be queued or end as closed"


def _shapes(flow: Flow) -> Iterator[str]:
    """Each kind of step has what it needs and nothing it cannot use."""
    for step in flow.steps.values():
        where = f"steps.{step.name}"
        if step.kind in {Kind.SAY, Kind.ASK} and step.otherwise is None:
            yield f"{where}: the path stops here, `otherwise` is missing"
        if step.kind in _ENDS and step.otherwise is not None:
            yield f"{where}: a {step.kind} step ends the flow, `otherwise` is never taken"
        if step.choices and step.kind not in {Kind.ASK, Kind.QUEUE}:
            yield f"{where}: a {step.kind} step takes no choices"
        if step.kind is Kind.MESSAGE and not flow.spoken:
            yield f"{where}: only callers can speak after a tone"
        if step.number and (flow.spoken or step.kind is not Kind.QUEUE or step.on_text is None):
            yield f"{where}.number: it is asked of who waits in writing, and goes on at `on_text`"
        text_step = flow.steps.get(step.on_text or "")
        if text_step is not None and text_step.kind is not Kind.QUEUE:
            yield f"{where}.on_text: words go to a person, {text_step.name!r} is no queue step"


def _recorded(flow: Flow) -> Iterator[str]:
    """Nobody is told of recording without a way to refuse it."""
    for step in flow.steps.values():
        notice = flow.steps.get(step.recorded or "")
        if notice is not None and not (
            flow.spoken
            and notice.kind is Kind.ASK
            and any(choice.unrecorded for choice in notice.choices)
        ):
            yield f"steps.{step.name}.recorded: {notice.name!r} must ask, with a key that refuses"


def _doors(flow: Flow) -> Iterator[str]:
    """Who finds a queue full or closed is told by a step of the right kind; danger never is."""
    danger = flow.steps.get(flow.danger.goto or "")
    if danger is not None and (danger.busy or danger.shut):
        yield f"steps.{danger.name}: who is in danger meets neither `busy` nor `shut`"
    for step in flow.steps.values():
        where = f"steps.{step.name}"
        if step.kind is not Kind.QUEUE and (step.busy or step.shut):
            yield f"{where}: `busy` and `shut` are taken instead of a queue step"
        busy, shut = flow.steps.get(step.busy or ""), flow.steps.get(step.shut or "")
        if busy is not None and busy.kind is not Kind.QUEUE:
            yield f"{where}.busy: {busy.name!r} must be a queue step, they may wait all the same"
        if shut is not None and flow.spoken is (shut.kind is Kind.QUEUE):
            yield f"{where}.shut: {shut.name!r} must {'ask and end' if flow.spoken else 'wait'}"
        if shut is not None and shut.kind is Kind.END:
            yield f"{where}.shut: who finds the queue closed must be queued or end as closed"


def _choices(flow: Flow) -> Iterator[str]:
    """Keys fit the telephone and are unique per step; ids fit a button and are unique."""
    seen = {flow.danger.id: "danger"}
    yield from _one_choice("danger", flow.danger)
    for step in flow.steps.values():
        keys = {flow.danger.key: flow.danger.id}
        for choice in step.choices:
            where = f"steps.{step.name}.{choice.id}"
            yield from _one_choice(where, choice)
            if (choice.shows or choice.says) and (
                flow.spoken or step.kind is not Kind.QUEUE or choice.goto
            ):
                yield f"{where}: only who waits in writing can be shown something"
            if choice.callback and not flow.spoken:
                yield f"{where}: only callers can be called back"
            if choice.key in keys:
                yield f"{where}: key {choice.key} is taken by {keys[choice.key]}"
            if choice.id in seen:
                yield f"{where}: the id is taken in {seen[choice.id]}"
            keys[choice.key] = choice.id
            seen[choice.id] = f"steps.{step.name}"


def _one_choice(where: str, choice: Choice) -> Iterator[str]:
    if choice.key not in KEYS:
        yield f"{where}: {choice.key!r} is not a key"
    if len(choice.id.encode()) > MAX_CALLBACK_BYTES:
        yield f"{where}: the id is longer than {MAX_CALLBACK_BYTES} bytes"


def _prompts(flow: Flow, texts: Texts) -> Iterator[str]:
    """Every word exists in all four languages, and every spoken one as a sound."""
    for prompt_id in dict.fromkeys(_said(flow)):
        for lang in LANGS:
            where = f"{prompt_id} ({lang})"
            if not texts.catalogue.has(lang, prompt_id):
                yield f"{where}: no such text"
                continue
            unknown = texts.catalogue.variables(lang, prompt_id) - _RENDERERS_PASS
            if unknown or (flow.spoken and texts.catalogue.variables(lang, prompt_id)):
                yield f"{where}: uses variables nobody fills in"
            if flow.spoken and texts.sounds is not None and not texts.sounds.has(lang, prompt_id):
                yield f"{where}: no sound"
            written = texts.catalogue.t(lang, prompt_id, opens="00:00", hours="00:00-00:00")
            if flow.channel == "sms" and len(written) > MAX_SMS_CHARACTERS:
                yield f"{where}: {len(written)} characters, more than {MAX_SMS_CHARACTERS}"


def _said(flow: Flow) -> Iterator[str]:
    for step in flow.steps.values():
        yield from (prompt.id for prompt in step.prompts)
        yield from _labels(flow, step.choices)
    yield from _labels(flow, (flow.danger,))


def _labels(flow: Flow, choices: Iterable[Choice]) -> Iterator[str]:
    for choice in choices:
        yield choice.label
        if choice.says:
            yield choice.says
        if flow.spoken:
            yield f"ivr-press-{_KEY_NAMES.get(choice.key, choice.key)}"


def _edges(step: Step) -> Iterator[tuple[str, str]]:
    if step.otherwise is not None and step.otherwise.goto is not None:
        yield "otherwise", step.otherwise.goto
    if step.on_text is not None:
        yield "on_text", step.on_text
    for place, name in (("recorded", step.recorded), ("busy", step.busy), ("shut", step.shut)):
        if name is not None:
            yield place, name
    for choice in step.choices:
        if choice.goto is not None:
            yield choice.id, choice.goto


def _reachable(flow: Flow) -> Iterator[str]:
    """No step stands there unused: a menu nobody hears is a mistake, not a reserve."""
    found: set[str] = set()
    todo = [flow.start, flow.known, flow.safe, flow.closed, flow.danger.goto or flow.safe]
    todo += [flow.elsewhere] if flow.elsewhere else []
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo.extend(target for _, target in _edges(flow.steps[name]))
    for name in flow.steps:
        if name not in found:
            yield f"steps.{name}: nothing leads here"


def _loops(flow: Flow) -> Iterator[str]:
    """From no step is there a way back to it, so every path is as short as the flow is long.

    An `ask` may lead to itself (it is put again, `tries` times at most), and a choice may say that
    it leads `back` (the engine counts those); who waits in a queue is through, and moving between
    queue steps is no loop.
    """
    for step in flow.steps.values():
        if step.name in _after(flow, step):
            yield f"steps.{step.name}: a way leads back here, callers could go round for ever"


def _shut(flow: Flow) -> Iterator[str]:
    """What is said while line or queue is shut leads to no queue, or it would lead to itself."""
    for first in {step.shut for step in flow.steps.values() if step.shut and flow.spoken}:
        for name in _after(flow, flow.steps[first]):
            if flow.steps[name].kind is Kind.QUEUE:
                yield f"shut: {first!r} leads to the queue step {name!r} while the queue is closed"
    closed = flow.steps[flow.closed]
    if closed.kind is Kind.QUEUE:
        return
    if not flow.spoken:
        yield f"closed: {closed.name!r} must be a queue step, because words always go to a person"
    for name in _after(flow, closed):
        if flow.steps[name].kind is Kind.QUEUE:
            yield f"closed: {closed.name!r} leads to the queue step {name!r} while the line is shut"


def _elsewhere(flow: Flow) -> Iterator[str]:
    """Who is told to look elsewhere is never silently queued; danger is a key at every step."""
    if flow.elsewhere is not None:
        for name in (flow.elsewhere, *_after(flow, flow.steps[flow.elsewhere])):
            if flow.steps[name].kind not in {Kind.ASK, Kind.SAY, Kind.END}:
                yield f"elsewhere: {flow.elsewhere!r} must ask and end, it leads to {name!r}"


def _after(flow: Flow, step: Step) -> set[str]:
    """Every step that can come after this one."""
    todo = _onward(step)
    found: set[str] = set()
    while todo:
        target = todo.pop()
        if target not in found:
            found.add(target)
            todo.extend(_onward(flow.steps[target]))
    return found


def _onward(step: Step) -> list[str]:
    """Where a step leads; a queue is the end, and being asked again is counted by `tries`."""
    if step.kind is Kind.QUEUE:
        return []
    again = {c.id for c in step.choices if c.back or (c.goto == step.name)}
    return [to for place, to in _edges(step) if place not in again]
