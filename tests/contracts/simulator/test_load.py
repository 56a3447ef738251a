"""Load counts only right answers, and calls that are new are new in every round."""

from functools import partial
from urllib.parse import parse_qs

import pytest
import typer

from hotline.cli.bench import Row, tell, tell_promises
from hotline.cli.promises import Promise
from hotline.simulator.load import Caller, Load, drive, line, pace
from tests.contracts.simulator.customer import Customer

MANY = 200
RIGHT = "<Response><Redirect>/voice/hold?n=2</Redirect></Response>"
AGAIN = "<Response><Redirect>/voice/hold?n=1</Redirect></Response>"


def row(name: str, failed: int = 0) -> Row:
    return Row(name, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, failed)


async def test_an_answer_that_is_not_the_right_one_is_a_failure(customer: Customer) -> None:
    answers = iter([RIGHT, AGAIN, AGAIN])
    customer.pages["/voice/hold"] = lambda _form: next(answers, RIGHT)
    caller = Caller(f"{customer.url}/voice/hold?n=1", "AC1", "token")
    opened = partial(line, caller, b"/voice/hold?n=2")
    async with opened() as turn:
        assert [await turn(number) for number in range(4)] == [True, False, False, True]

    customer.pages["/voice/hold"] = AGAIN
    load = await drive(opened, connections=2, seconds=0.05)
    assert load.done == load.failed > 0
    assert load.per_second == 0


def test_the_rate_is_that_of_right_answers() -> None:
    assert Load(done=10, failed=4, seconds=2.0, p50_ms=1.0, p99_ms=1.0).per_second == 3.0


def test_a_new_call_comes_from_a_new_number_in_every_round() -> None:
    caller = Caller("http://127.0.0.1:1/voice/in", "AC1", "token")
    firsts = [0, 100_000_000, 150_000_000, 200_000_000, 300_000_000, 350_000_000]
    bodies = (
        caller.request(first + n).rpartition(b"\r\n\r\n")[2].decode()
        for first in firsts
        for n in range(MANY)
    )
    assert len({parse_qs(body)["From"][0] for body in bodies}) == len(firsts) * MANY


async def test_a_stream_is_even_and_every_turn_is_a_new_call(customer: Customer) -> None:
    customer.pages["/voice/in"] = RIGHT
    caller = Caller(f"{customer.url}/voice/in", "AC1", "token")
    opened = partial(line, caller, b"/voice/hold?n=2")
    load = await pace(opened, per_second=400, connections=4, seconds=0.05, first=7)
    assert (load.done, load.failed) == (20, 0)
    assert load.seconds >= 19 / 400
    assert len({seen.form["CallSid"] for seen in customer.requests("/voice/in")}) == 20


def test_what_is_not_kept_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    tell_promises([Promise("fast", 1.0, 20, "ms"), Promise("slow", 30.0, 20, "ms")])
    fast, slow = capsys.readouterr().out.strip().splitlines()
    assert "NOT KEPT" in slow
    assert "NOT KEPT" not in fast


def test_a_table_with_wrong_answers_compares_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    tell([row("bare /stored"), row("our /voice/in")])
    assert "of its rate" in capsys.readouterr().out
    with pytest.raises(typer.Exit) as ended:
        tell([row("bare /stored"), row("our /voice/in", failed=1)])
    assert ended.value.exit_code == 1
    assert "of its rate" not in capsys.readouterr().out
