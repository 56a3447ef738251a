"""A process that does not start is told in its own words."""

import asyncio
import sys
from pathlib import Path

import pytest

from hotline.cli.ports import DidNotStart, answers, free_port
from hotline.cli.shared import MISTAKES, first_of

LINES = 30
ENDS = f"for n in range({LINES}): print('line', n)"


async def test_a_process_that_ends_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    path = tmp_path / "service.log"
    with path.open("wb") as log:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", ENDS, stdout=log)
    await process.wait()
    with pytest.raises(DidNotStart) as told:
        await answers(free_port(), process, path)
    first, *said = told.value.problems
    assert first == "the service did not start:"
    assert said == [f"line {n}" for n in range(10, LINES)]


async def test_it_is_a_mistake_told_in_words_also_when_other_tasks_were_stopped_with_it() -> None:
    async def fails() -> None:
        raise DidNotStart([])

    async def together() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(fails())
            tasks.create_task(asyncio.Event().wait())

    with pytest.raises(ExceptionGroup) as group:
        await together()
    assert isinstance(first_of(group.value), MISTAKES)
