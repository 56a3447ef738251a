"""The gate counts what ran, and runs every test there is."""

import pytest

from tests import gate


def test_totals_add_up_over_the_runs() -> None:
    totals = gate.Totals()
    totals.read("12 passed in 0.31s")
    totals.read("===== 30 passed, 2 skipped, 1 warning in 65.02s (0:01:05) =====")
    assert totals.line(failed_steps=0) == "42 passed, 0 failed"
    assert totals.skipped == 2


def test_errors_count_as_failures() -> None:
    totals = gate.Totals()
    totals.read("2 failed, 5 passed, 3 errors in 1.00s")
    assert totals.line(failed_steps=1) == "5 passed, 5 failed"


def test_a_failed_check_that_is_no_test_shows_in_the_total() -> None:
    assert gate.Totals().line(failed_steps=1) == "0 passed, 1 failed"


@pytest.mark.parametrize("line", ["FAILED tests/unit/test_a.py", "3 passed", "took 5 passed"])
def test_other_lines_count_nothing(line: str) -> None:
    totals = gate.Totals()
    totals.read(line)
    assert totals.line(failed_steps=0) == "0 passed, 0 failed"


def test_no_test_is_forgotten() -> None:
    assert list(gate.strays()) == []
