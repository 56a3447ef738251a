"""Whatever people do: the questions end soon, nobody is lost, and danger is never forgotten."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from hotline.intake import engine
from hotline.intake.model import (
    Answer,
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
    RaiseDanger,
    State,
    Text,
)
from hotline.kernel.languages import LANGS
from tests.unit.intake.flowing import shipped_flows

CHANNELS = ("voice", "telegram", "sms")


@cache
def flow_of(channel: str) -> Flow:
    return shipped_flows()[channel]


def most_turns(flow: Flow) -> int:
    return (engine.MAX_BACKS + 1) * sum(step.tries for step in flow.steps.values()) + 1


def button_ids(flow: Flow) -> list[str]:
    return ["danger", "", *(c.id for step in flow.steps.values() for c in step.choices)]


def answers(flow: Flow) -> st.SearchStrategy[Answer]:
    words = st.one_of(st.text(max_size=30), st.sampled_from(["меня заперли", "салам", "0", ""]))
    return st.one_of(
        st.sampled_from("0123456789*#").map(Key),
        st.sampled_from(button_ids(flow)).map(Pressed),
        words.map(Text),
        st.just(Nothing()),
    )


def states(flow: Flow) -> st.SearchStrategy[State]:
    return st.builds(
        State,
        step=st.sampled_from([*flow.steps, "no-such-step"]),
        language=st.sampled_from([None, *LANGS]),
        topic=st.sampled_from([None, "wages", "missing", "danger", "unknown"]),
        danger=st.booleans(),
        retries=st.integers(min_value=0, max_value=9),
        backs=st.integers(min_value=0, max_value=9),
    )


@given(data=st.data(), channel=st.sampled_from(CHANNELS), is_open=st.booleans())
def test_every_path_ends_soon_and_keeps_danger(
    data: st.DataObject, channel: str, *, is_open: bool
) -> None:
    flow = flow_of(channel)
    state = data.draw(states(flow))
    effects: list[Effect] = []
    for _ in range(most_turns(flow)):
        turn = engine.step(flow, state, data.draw(answers(flow)), is_open=is_open)
        assert turn.state.danger or not state.danger
        assert turn.state.danger == (state.danger or RaiseDanger() in turn.effects)
        assert turn.state.step in flow.steps
        state = turn.state
        effects += turn.effects
        if turn.ended:
            break

    assert flow.steps[state.step].kind in {Kind.QUEUE, Kind.CLOSED, Kind.MESSAGE, Kind.END}
    if state.danger and RaiseDanger() in effects:
        assert effects[-1] == Enqueue(flow.risk.danger_s)


@given(data=st.data(), channel=st.sampled_from(CHANNELS), is_open=st.booleans())
def test_from_the_start_everybody_is_queued_or_told(
    data: st.DataObject, channel: str, *, is_open: bool
) -> None:
    flow = flow_of(channel)
    turn = engine.start(flow, data.draw(st.sampled_from([None, *LANGS])), is_open=is_open)
    effects = list(turn.effects)
    for _ in range(most_turns(flow)):
        if turn.ended:
            break
        turn = engine.step(flow, turn.state, data.draw(answers(flow)), is_open=is_open)
        effects += turn.effects

    ends = [e for e in effects if isinstance(e, Enqueue | OutOfHours | LeaveMessage | End)]
    assert len(ends) == 1
    assert isinstance(ends[0], Enqueue) or not is_open


@given(data=st.data(), channel=st.sampled_from(CHANNELS))
def test_danger_is_on_offer_wherever_an_answer_is_possible(
    data: st.DataObject, channel: str
) -> None:
    flow = flow_of(channel)
    turn = engine.step(flow, data.draw(states(flow)), data.draw(answers(flow)))

    assert turn.kind in {Kind.CLOSED, Kind.END} or flow.danger in turn.choices


@given(data=st.data(), channel=st.sampled_from(CHANNELS))
def test_state_survives_json(data: st.DataObject, channel: str) -> None:
    state = data.draw(states(flow_of(channel)))

    assert State.from_json(state.to_json()) == state


@given(
    st.dictionaries(
        st.sampled_from(["step", "language", "topic", "danger", "retries", "backs"]),
        st.one_of(st.none(), st.text(max_size=5), st.integers(), st.booleans()),
    )
)
def test_any_stored_state_leads_on(stored: dict[str, object]) -> None:
    flow = flow_of("voice")
    turn = engine.step(flow, State.from_json(stored), Nothing())

    assert turn.state.step in flow.steps


@given(data=st.data(), channel=st.sampled_from(["telegram", "sms"]), is_open=st.booleans())
def test_free_words_go_to_a_person_from_wherever_they_are_written(
    data: st.DataObject, channel: str, *, is_open: bool
) -> None:
    """Nobody is ever told that they were not understood: after any words they wait for somebody."""
    flow = flow_of(channel)
    state = data.draw(states(flow))
    words = data.draw(st.text(max_size=60))
    answer = engine.read(flow, state, words) if channel == "sms" else Text(words)
    turn = engine.step(flow, state, answer, is_open=is_open)
    if isinstance(answer, Text):
        assert turn.kind is Kind.QUEUE
        entered = flow.steps.get(state.step)
        assert (
            entered is None
            or entered.kind is Kind.QUEUE
            or any(isinstance(effect, Enqueue) for effect in turn.effects)
        )
