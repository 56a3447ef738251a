"""Queues: where a contact belongs, when one overflows, what is heard then, what is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotline.intake import engine, preview, queuefile
from hotline.intake.flows import Flows
from hotline.intake.model import (
    Choice,
    Enqueue,
    Key,
    Kind,
    LeaveMessage,
    OutOfHours,
    Pressed,
    Prompt,
    RaiseDanger,
    State,
    Step,
    Text,
)
from hotline.intake.proof import Texts, prove
from hotline.intake.queues import Crowd, Door, Doors, Queue, Queues, overflows
from hotline.kernel.languages import LANGS
from hotline.telephony.dialing import Partners
from tests.unit.intake.flowing import (
    ROOT,
    EverySound,
    a_flow,
    an_ask,
    shipped_catalogue,
    shipped_flows,
)

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
NAMES = dict.fromkeys(LANGS, "Q")
CALLS = Queue("calls", NAMES, kinds=frozenset({"call"}), waiting_over=2, offers=("message",))
UZBEK = Queue("uzbek", NAMES, languages=frozenset({"uz"}), longest=timedelta(minutes=5))
REST = Queue("rest", NAMES)
QUEUES = Queues((CALLS, UZBEK, REST))
TOPIC = State("topic", "ru")


def waiting(count: int = 1, minutes: int = 0) -> Crowd:
    return Crowd("call", "ru", None, count, NOW - timedelta(minutes=minutes))


def doors(door: Door, queue: Queue = CALLS) -> Doors:
    return Doors(QUEUES, {queue.id: door})


@pytest.fixture(scope="module")
def flows() -> Flows:
    return shipped_flows()


@pytest.mark.parametrize(
    ("kind", "language", "queue"),
    [("call", "uz", CALLS), ("chat", "uz", UZBEK), ("chat", "ru", REST), ("fax", None, REST)],
)
def test_the_first_that_takes_a_contact_has_it_and_the_last_takes_all(
    kind: str, language: str | None, queue: Queue
) -> None:
    assert QUEUES.of(kind, language, None) is queue


@pytest.mark.parametrize(
    ("queue", "crowds", "full"),
    [
        (CALLS, [], False),
        (CALLS, [waiting(2)], False),
        (CALLS, [waiting(2), waiting(1)], True),
        (UZBEK, [waiting(100, minutes=5)], False),
        (UZBEK, [waiting(1, minutes=6)], True),
        (REST, [waiting(1000, minutes=600)], False),
    ],
)
def test_a_queue_overflows_by_its_own_rule(
    queue: Queue, crowds: list[Crowd], *, full: bool
) -> None:
    assert overflows(queue, crowds, NOW) is full


def test_who_joins_a_full_queue_hears_so_with_its_offers_and_waits(flows: Flows) -> None:
    told = engine.step(flows.voice, TOPIC, Key("1"), doors=doors(Door.OVERFLOW))

    assert (told.state.step, told.kind) == ("busy", Kind.QUEUE)
    assert any(isinstance(effect, Enqueue) for effect in told.effects)
    said = [prompt.id for prompt in told.prompts]
    assert said[:3] == ["ivr-busy", "ivr-leave-message", "ivr-press-8"]
    assert "ivr-callback" not in said, "this queue does not offer it"

    back = engine.step(flows.voice, replace(told.state, step="wait_consular"), Key("*"))
    assert (back.state.step, back.effects) == ("wait", ()), "who waits is not told again"


def test_who_finds_a_queue_closed_does_not_join_it_but_may_leave_a_message(flows: Flows) -> None:
    told = engine.step(flows.voice, TOPIC, Key("1"), doors=doors(Door.CLOSED))

    assert (told.state.step, told.kind) == ("queue_closed", Kind.ASK)
    assert not any(isinstance(effect, Enqueue) for effect in told.effects)
    speaks = engine.step(flows.voice, told.state, Key("1"), doors=doors(Door.CLOSED))
    assert speaks.effects == (LeaveMessage(),)
    silent = told
    while silent.kind is Kind.ASK:
        silent = engine.step(flows.voice, silent.state, Key("9"), doors=doors(Door.CLOSED))
    assert silent.effects == (OutOfHours(),)


@pytest.mark.parametrize("door", list(Door))
def test_danger_meets_neither(flows: Flows, door: Door) -> None:
    for flow, queue, answer in (
        (flows.voice, CALLS, Key("0")),
        (flows.voice, CALLS, Key("6")),
        (flows.telegram, REST, Pressed("danger")),
        (flows.telegram, REST, Text("помогите, меня заперли")),
    ):
        held = doors(door, queue)
        at_once = engine.step(flow, TOPIC, answer, doors=held)
        told = engine.step(flow, TOPIC, Pressed("topic.other"), doors=held)
        later = engine.step(flow, told.state, Pressed("danger"), doors=held)

        for turn in (at_once, later):
            assert turn.state.step == "wait_danger"
            assert RaiseDanger() in turn.effects
            assert Enqueue(flow.risk.danger_s) in turn.effects


def test_who_begins_a_chat_with_words_reads_the_notice_all_the_same(flows: Flows) -> None:
    for door, said in ((Door.OVERFLOW, "bot-busy"), (Door.CLOSED, "bot-queue-closed")):
        held = doors(door, REST)
        turn = engine.step(flows.telegram, State("language"), Text("Здравствуйте"), doors=held)

        assert {Prompt(said), Prompt("bot-notice")} <= set(turn.prompts)
        assert turn.kind is Kind.QUEUE, "words always go to a person"


def test_the_preview_is_what_is_heard(flows: Flows) -> None:
    catalogue = shipped_catalogue()
    for lang in LANGS:
        heard = engine.step(flows.voice, State("topic", lang), Key("1"), doors=doors(Door.OVERFLOW))
        shown = preview.words(flows, catalogue, CALLS, Door.OVERFLOW)

        assert shown.keys() == {"voice"}
        assert shown["voice"][lang] == " ".join(
            catalogue.t(prompt.lang or lang, prompt.id) for prompt in heard.prompts
        )
    written = preview.words(flows, catalogue, REST, Door.CLOSED)["telegram"]["en"]
    assert written.startswith("Your message is kept. We cannot answer soon")
    assert "[Read about it]" in written


FILE = """
queues:
  - id: calls
    name: {ru: З, ky: Ч, uz: Q, en: C}
    kinds: [call]
    overflow: {waiting_over: 3, offer: [callback, partner-consular]}
  - id: rest
    name: {ru: О, ky: Б, uz: B, en: R}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: rest", "id: calls", "calls: the id stands here twice"),
        (", uz: Q", "", "calls.name: not in uz"),
        ("kinds: [call]", "topics: [football]", "there is no topic football"),
        ("    kinds: [call]\n", "", "calls: only the last takes everything"),
        ("en: R}", "en: R}\n    languages: [uz]", "rest: it is the last"),
        ("[callback,", "[taxi,", "'taxi' is no `offer` in flows/voice.yaml"),
        ("consular", "mayor", "dialing.toml has no partner 'mayor'"),
        ("waiting_over: 3", "waiting_over: many", "overflow.waiting_over: Input should be"),
    ],
)
def test_queues_that_cannot_be_are_refused(
    flows: Flows, tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in FILE
    (tmp_path / queuefile.NAME).write_text(FILE.replace(old, new, 1))

    with pytest.raises(queuefile.QueueProblems) as refused:
        queuefile.load(
            tmp_path,
            shipped_catalogue(),
            flows,
            topics=["wages"],
            partners=Partners.load(ROOT / "config").numbers,
        )
    assert said in "\n".join(refused.value.problems)


def test_a_partner_is_said_with_the_number_that_has_a_source(flows: Flows, tmp_path: Path) -> None:
    (tmp_path / queuefile.NAME).write_text(FILE)
    catalogue, numbers = shipped_catalogue(), Partners.load(ROOT / "config").numbers
    read = queuefile.load(tmp_path, catalogue, flows, topics=[], partners=numbers)
    assert read.listed[0].offers == ("callback", "partner-consular")

    other = numbers | {"consular": "+996999312003"}
    with pytest.raises(queuefile.QueueProblems, match="says another number"):
        queuefile.load(tmp_path, catalogue, flows, topics=[], partners=other)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step("wait", Kind.QUEUE, busy="shut"), "wait.busy: 'shut' must be a queue step"),
        (Step("wait", Kind.QUEUE, shut="shut"), "wait.shut: 'shut' must wait"),
        (Step("wait", Kind.QUEUE, busy="nowhere"), "wait.busy: there is no step 'nowhere'"),
        (replace(an_ask("ask"), busy="later"), "ask: `busy` and `shut` are taken instead of"),
        (Step("urgent", Kind.QUEUE, shut="later"), "meets neither `busy` nor `shut`"),
    ],
)
def test_a_flow_that_tells_of_queues_in_the_wrong_way_is_refused(step: Step, said: str) -> None:
    flow = a_flow(*({"ask": an_ask("ask")} | {step.name: step}).values(), an_ask("shut"))

    assert said in "\n".join(prove(flow, Texts(shipped_catalogue(), EverySound())))


def test_a_closed_queue_leads_no_caller_back_into_a_queue() -> None:
    back = an_ask("shut", Choice("back", "1", "bot-topic-other", goto="wait"))
    flow = a_flow(an_ask("ask"), back, Step("wait", Kind.QUEUE, shut="shut"), spoken=True)

    said = "\n".join(prove(flow, Texts(shipped_catalogue(), EverySound())))
    assert "shut: 'shut' leads to the queue step 'wait' while the queue is closed" in said


def test_who_only_then_chooses_a_language_reads_it_again_with_what_there_is(flows: Flows) -> None:
    rest = replace(REST, offers=("callback", "partner-consular"))
    for door, first, said in (
        (Door.OVERFLOW, "busy", "bot-busy"),
        (Door.CLOSED, "shut", "bot-queue-closed"),
    ):
        held = Doors(Queues((CALLS, UZBEK, rest)), {"rest": door})
        told = engine.step(flows.telegram, State("language"), Text("Здравствуйте"), doors=held)
        chosen = engine.step(flows.telegram, told.state, Pressed(f"{first}.ky"), doors=held)

        assert chosen.prompts == (Prompt(said), Prompt("bot-notice"))
        assert chosen.state.language == "ky"
        assert not any(isinstance(effect, Enqueue) for effect in chosen.effects)
        offers = [choice.offer for choice in chosen.choices if choice.offer]
        assert offers == ["callback", "partner-consular"]


@pytest.mark.parametrize("step", ["busy", "queue_closed", "busy_text", "queue_closed_text"])
def test_a_partner_that_was_read_about_leaves_the_other_offers(flows: Flows, step: str) -> None:
    """It moves nobody, so that the buttons beside it still mean something."""
    here = flows.telegram.steps[step]
    partner = next(c for c in here.choices if c.offer == "partner-consular")
    call = next(c for c in here.choices if c.offer == "callback")
    assert partner.says == "bot-consular"

    read = engine.step(flows.telegram, State(step, "ru"), Pressed(partner.id))
    assert (read.state.step, read.effects) == (step, ())
    asked = engine.step(flows.telegram, read.state, Pressed(call.id))
    assert asked.state.step == "wait_number"


def test_a_step_that_is_shown_again_has_only_what_the_queue_offers(flows: Flows) -> None:
    rest = replace(REST, offers=("callback",))
    held = Doors(Queues((CALLS, UZBEK, rest)), {"rest": Door.OVERFLOW})
    here = flows.telegram.steps["busy"]

    again = engine.again(flows.telegram, State("busy", "ru"), here, doors=held)
    assert [choice.offer for choice in again.choices if choice.offer] == ["callback"]
