"""The intake itself: a pure function from flow, state and answer to the next turn.

Every path is bounded: a step is put at most `tries` times, then its safe default is taken, and the
flow was proved to have no way back but those a person asks for, which are counted. So whatever
they do or leave undone, they reach the queue or are told plainly why not; and danger, once said, is
never forgotten.
"""

from dataclasses import dataclass, replace
from typing import Final

from hotline.intake.model import (
    Answer,
    AskCallback,
    Choice,
    Effect,
    End,
    Enqueue,
    Flow,
    Key,
    Kind,
    LeaveMessage,
    Nothing,
    OutOfHours,
    Pressed,
    Prompt,
    RaiseDanger,
    Recording,
    SetLanguage,
    SetTopic,
    State,
    Step,
    Text,
    Turn,
)
from hotline.intake.queues import Door, Doors
from hotline.intake.risk import head_start_s, hears_danger
from hotline.intake.script import guess
from hotline.kernel.languages import LANGS, Lang

MAX_BACKS: Final = 6
OPEN: Final = Doors()
_PRESS = "ivr-press-"
_KEY_NAMES = {"*": "star", "#": "hash"}


@dataclass(frozen=True, slots=True)
class _Way:
    """What stands between a person and the queue now."""

    is_open: bool
    doors: Doors


def start(
    flow: Flow,
    language: Lang | None = None,
    *,
    is_open: bool = True,
    doors: Doors = OPEN,
    refused: bool = False,
    recorded: bool = False,
) -> Turn:
    """The first turn; a remembered language skips the question for it.

    `refused`: they hear where else to find help, and only danger leads on. `recorded`: talks are,
    and this person is to be told; who was not told so at the start is never recorded.

    When the first thing that comes is already a text, call `step` with it on this turn's state and
    show only the second turn.
    """
    name = flow.start if language is None else flow.known
    if refused and flow.elsewhere is not None:
        name = flow.elsewhere
    told = Recording.UNHEARD if recorded else None
    state = State(step=name, language=language, recording=told)
    return _enter(flow, state, name, way=_Way(is_open, doors))


def arrive(flow: Flow, state: State, doors: Doors) -> Turn:
    """What somebody hears who is about to wait, at the first step that asks how the queue is."""
    told = (here.name for here in flow.steps.values() if here.busy or here.shut)
    return _enter(flow, state, next(told, flow.safe), way=_Way(is_open=True, doors=doors))


def step(
    flow: Flow, state: State, answer: Answer, *, is_open: bool = True, doors: Doors = OPEN
) -> Turn:
    """The next turn. Pure: the same input gives the same turn, so a repeated webhook is harmless.

    A state whose step the flow no longer knows (the menu was edited during the call) goes to the
    safe step. After `closed` or `end` nothing moves any more.
    """
    way = _Way(is_open, doors)
    here = flow.steps.get(state.step)
    if here is None:
        refuge = flow.danger.goto if state.danger and flow.danger.goto else flow.safe
        return _enter(flow, state, refuge, way=way)
    if here.kind in {Kind.CLOSED, Kind.END}:
        return Turn(state, here.kind)
    if isinstance(answer, Text):
        return _words(flow, state, here, answer.words, way=way)
    choice = _chosen(flow, here, answer)
    if choice is None or (choice.back and state.backs >= MAX_BACKS):
        return _again(flow, _having_heard(flow, state, here, answer), here, way=way)
    return _take(flow, state, here, choice, way=way)


def _having_heard(flow: Flow, state: State, here: Step, answer: Answer) -> State:
    """Who let the notice play out has heard it; any key cuts it off, and proves nothing."""
    notices = (step.recorded for step in flow.steps.values())
    silent = isinstance(answer, Nothing) and state.recording is Recording.UNHEARD
    return replace(state, recording=Recording.HEARD) if silent and here.name in notices else state


def again(flow: Flow, state: State, here: Step, *, doors: Doors = OPEN) -> Turn:
    """A step once more, without counting as a try: what it says, and what may be chosen there."""
    return _show(flow, state, here, _Way(is_open=True, doors=doors))


def read(flow: Flow, state: State, words: str) -> Answer:
    """What a written line means: a bare number that is on offer is a key, all else is text."""
    bare = words.strip().rstrip(".)")
    here = flow.steps.get(state.step)
    if here is not None and any(choice.key == bare for choice in offered(flow, here)):
        return Key(bare)
    return Text(words)


def offered(flow: Flow, here: Step) -> tuple[Choice, ...]:
    """The choices of a step; danger is one of them wherever an answer is possible at all."""
    if here.kind in {Kind.ASK, Kind.QUEUE, Kind.MESSAGE}:
        return (*here.choices, flow.danger)
    return ()


def _chosen(flow: Flow, here: Step, answer: Key | Pressed | Nothing) -> Choice | None:
    match answer:
        case Key(digit):
            return next((c for c in offered(flow, here) if c.key == digit), None)
        case Pressed(wanted):
            return _pressed(flow, here, wanted)
        case Nothing():
            return None


def _pressed(flow: Flow, here: Step, wanted: str) -> Choice | None:
    """The button's choice; one of an older message still sets what it says, but moves nothing."""
    current = next((c for c in offered(flow, here) if c.id == wanted), None)
    if current is not None:
        return current
    older = (c for other in flow.steps.values() for c in other.choices if c.id == wanted)
    found = next(older, None)
    if found is None or found.danger:
        return found
    return replace(found, goto=None)


def _words(flow: Flow, state: State, here: Step, words: str, *, way: _Way) -> Turn:
    """Free text goes to a person, from every step, whatever it says."""
    effects: tuple[Effect, ...] = ()
    if state.language is None and (seems := guess(words)) is not None:
        state = replace(state, language=seems)
        effects = (SetLanguage(seems, chosen=False),)
    if not state.danger and hears_danger(flow.risk, words):
        return _take(flow, state, here, flow.danger, before=effects, way=way)
    if here.kind is Kind.QUEUE:
        return Turn(state, here.kind, choices=offered(flow, here), effects=effects)
    return _enter(flow, state, here.on_text or flow.safe, effects=effects, way=way)


def _again(flow: Flow, state: State, here: Step, *, way: _Way) -> Turn:
    """No usable answer: put the same step once more, or take its default."""
    if here.kind in {Kind.QUEUE, Kind.MESSAGE}:
        return Turn(state, here.kind, choices=offered(flow, here))
    tried = state.retries + 1
    if tried < here.tries:
        return _show(flow, replace(state, retries=tried), here, way)
    otherwise = here.otherwise or Choice("", "", "", goto=flow.safe)
    return _take(flow, state, here, otherwise, way=way)


def _take(
    flow: Flow,
    state: State,
    here: Step,
    choice: Choice,
    *,
    before: tuple[Effect, ...] = (),
    way: _Way,
) -> Turn:
    """Set what the choice sets, then go where it leads."""
    effects = list(before)
    priority = _priority(flow, state) if here.kind is Kind.QUEUE else None
    state = replace(state, backs=state.backs + choice.back)
    if choice.language is not None:  # also one that was only guessed is thereby chosen
        state = replace(state, language=choice.language)
        effects.append(SetLanguage(choice.language))
    if choice.topic is not None and choice.topic != state.topic:
        state = replace(state, topic=choice.topic)
        effects.append(SetTopic(choice.topic))
    if choice.unrecorded:
        state = replace(state, recording=Recording.REFUSED)
    if choice.danger and not state.danger:
        state = replace(state, danger=True)
        effects.append(RaiseDanger())
    if choice.callback:
        effects.append(AskCallback())
    if choice.goto is not None and choice.goto != here.name:
        return _enter(flow, state, choice.goto, effects=tuple(effects), waiting_s=priority, way=way)
    if priority is not None:
        effects.extend(_raise(flow, state, priority))
        return Turn(state, here.kind, choices=offered(flow, here), effects=tuple(effects))
    turn = _again(flow, state, here, way=way)
    return replace(turn, effects=(*effects, *turn.effects))


def _enter(
    flow: Flow,
    state: State,
    name: str,
    *,
    effects: tuple[Effect, ...] = (),
    waiting_s: int | None = None,
    way: _Way,
) -> Turn:
    """Go to a step, through everything that is only said, up to one that asks or ends.

    `waiting_s` is the head start of somebody who is in the queue already.
    """
    said: list[Prompt] = []
    joins = waiting_s is None
    here = _really(flow, state, flow.steps[name], way=way, joins=joins)
    while here.kind is Kind.SAY and here.otherwise is not None and here.otherwise.goto is not None:
        said.extend(here.prompts)
        here = _really(flow, state, flow.steps[here.otherwise.goto], way=way, joins=joins)
    turn = _show(flow, replace(state, step=here.name, retries=0), here, way)
    return replace(
        turn,
        prompts=(*said, *turn.prompts),
        effects=(*effects, *_arrive(flow, state, here, waiting_s)),
    )


def _really(flow: Flow, state: State, here: Step, *, way: _Way, joins: bool) -> Step:
    """What is said instead of the queue while the line is shut (danger always gets in).

    Or while the queue that they are about to join is closed or overflows; and instead of a notice
    while talks are recorded.
    """
    if here.recorded is not None and state.recording is not None:
        return flow.steps[here.recorded]
    if here.kind is not Kind.QUEUE or state.danger:
        return here
    if not way.is_open:
        return flow.steps[flow.closed]
    if joins:
        door, _ = way.doors.at(flow.serves, state.language, state.topic)
        instead = {Door.OPEN: None, Door.OVERFLOW: here.busy, Door.CLOSED: here.shut}[door]
        return flow.steps[instead] if instead is not None else here
    return here


def _arrive(flow: Flow, state: State, here: Step, waiting_s: int | None) -> tuple[Effect, ...]:
    match here.kind:
        case Kind.QUEUE if waiting_s is not None:
            return _raise(flow, state, waiting_s)
        case Kind.QUEUE:
            return (Enqueue(_priority(flow, state)),)
        case Kind.MESSAGE:
            return (LeaveMessage(),)
        case Kind.CLOSED:
            return (OutOfHours(),)
        case Kind.END:
            return (End(),)
        case Kind.SAY | Kind.ASK:
            return ()


def _raise(flow: Flow, state: State, waiting_s: int) -> tuple[Effect, ...]:
    now_s = _priority(flow, state)
    return (Enqueue(now_s),) if now_s > waiting_s else ()


def _priority(flow: Flow, state: State) -> int:
    return head_start_s(flow.risk, topic=state.topic, danger=state.danger)


def _show(flow: Flow, state: State, here: Step, way: _Way) -> Turn:
    here = replace(here, choices=_heard(flow, state, here, way))
    menu = _spoken(flow, state, here) if flow.spoken else ()
    return Turn(state, here.kind, (*here.prompts, *menu), offered(flow, here))


def _heard(flow: Flow, state: State, here: Step, way: _Way) -> tuple[Choice, ...]:
    """The choices without what the queue does not offer; what it does comes first, in its order."""
    if not any(choice.offer for choice in here.choices):
        return here.choices
    _, queue = way.doors.at(flow.serves, state.language, state.topic)
    theirs = {choice.offer: choice for choice in here.choices if choice.offer}
    first = (theirs[offer] for offer in queue.offers if offer in theirs)
    return (*first, *(choice for choice in here.choices if choice.offer is None))


def _spoken(flow: Flow, state: State, here: Step) -> tuple[Prompt, ...]:
    """A menu as it is read aloud: label, then its key; danger in each language that is offered.

    Who waits was told of danger before.
    """
    said: list[Prompt] = []
    for choice in here.choices:
        for lang in _tongues(flow, state, choice):
            said.extend(_line(choice, lang))
        if choice.lang is not None and here.kind is Kind.ASK:
            said.extend(_line(flow.danger, choice.lang))
    if here.kind is Kind.ASK and not any(choice.lang for choice in here.choices):
        said.extend(_line(flow.danger, None))
    return tuple(said)


def _tongues(flow: Flow, state: State, choice: Choice) -> tuple[Lang | None, ...]:
    """The way to the languages is named in each of them to whoever has chosen none."""
    target = flow.steps.get(choice.goto or "")
    if state.language is None and target and any(c.language for c in target.choices):
        return LANGS
    return (choice.lang,)


def _line(choice: Choice, lang: Lang | None) -> tuple[Prompt, Prompt]:
    name = _KEY_NAMES.get(choice.key, choice.key)
    return Prompt(choice.label, lang), Prompt(f"{_PRESS}{name}", lang)
