"""`hotline messages`: very many messages, repeated and out of turn, to a service that is killed."""

import asyncio
import contextlib
import secrets
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, and the seed is printed, so a run can be replayed
from typing import Annotated, Any, Final

import typer

from hotline.cli.logbook import AWAY, look
from hotline.cli.reckoning import Desks, Inside, Outside, Reckoning, Text
from hotline.cli.shared import first_of
from hotline.cli.stage import Stage, stage_on
from hotline.infra.embedded import running
from hotline.infra.web.server import run
from hotline.simulator.faults import Fault
from hotline.simulator.operators import Desk, ScriptedOperator
from hotline.simulator.scribes import Scribes

Json = dict[str, Any]
_EACH_WRITES: Final = 25
_AT_ONCE: Final = 60
_DELIVERED_S: Final = 120.0
_CALM_S: Final = 180.0
_LOOK_S: Final = 1.0
_IN_HAND: Final = frozenset({"queued", "sending"})


@dataclass(frozen=True, slots=True)
class Count:
    """What people wrote, in their order, beside what the log has of them, in its order."""

    wrote: dict[int, tuple[str, ...]]
    heard: dict[str, tuple[str, ...]]
    reckoning: Reckoning
    undelivered: int

    @property
    def problems(self) -> list[str]:
        """Nothing here: nothing lost, nothing doubled, each chat in its order."""
        waiting = [f"{self.undelivered} updates were never taken"] if self.undelivered else []
        return [*waiting, *self._out_of_order(), *self.reckoning.written]

    def _out_of_order(self) -> Iterator[str]:
        """Every text names its chat and its number: within a contact numbers only rise."""
        for contact, texts in self.heard.items():
            numbers = [int(text.split(" ")[1]) for text in texts]
            if numbers != sorted(numbers):
                yield f"out of order in contact {contact}: {numbers}"


def messages(
    updates: Annotated[int, typer.Option(min=25, max=100_000)] = 10_000,
    faults: Annotated[
        float, typer.Option(min=0, max=0.5, help="The share that is repeated, and overtaken.")
    ] = 0.2,
    kills: Annotated[int, typer.Option(min=0, max=50, help="SIGKILL the service so often.")] = 20,
    seed: Annotated[int | None, typer.Option(help="The same mishaps again.")] = None,
    operators: Annotated[int, typer.Option(min=1, max=50)] = 4,
    factor: Annotated[float, typer.Option(min=1, max=100, help="How fast Telegram waits.")] = 20,
) -> None:
    """Write very many messages to a service that is killed; 1 if one is lost or doubled."""
    chosen = seed if seed is not None else secrets.randbelow(1_000_000)
    typer.echo(f"seed {chosen}: {updates} updates, faults {faults:.0%}, {kills} kills")

    async def main() -> Count:
        with tempfile.TemporaryDirectory(prefix="h189m-") as folder:
            async with (
                running(Path(folder)) as servers,
                stage_on(servers, Path(folder), factor, operators) as stage,
            ):
                for fault in (Fault.TELEGRAM_DUPLICATE, Fault.TELEGRAM_LATE):
                    stage.world.faults.arm_share(fault, faults, seed=chosen)
                random = Random(chosen)  # noqa: S311 - a replayable run
                return await _pour(stage, random, updates, operators, kills=kills)

    try:
        count = run(main)
    except ExceptionGroup as group:
        raise first_of(group) from None
    if count.problems:
        raise typer.Exit(1)


async def _pour(stage: Stage, random: Random, updates: int, operators: int, *, kills: int) -> Count:
    scribes = Scribes(stage.world, random)
    async with asyncio.TaskGroup() as group, contextlib.AsyncExitStack() as closing:
        working = []
        for number in range(operators):
            login = f"operator{number}"
            desk = Desk(stage.base_url, login, stage.passwords[login])
            closing.push_async_callback(desk.close)
            await desk.open()
            player = ScriptedOperator(desk, quiet_s=5)
            working.append((player, group.create_task(player.work())))
        killing = group.create_task(_kill(stage, scribes, updates, kills))
        await scribes.write(updates // _EACH_WRITES, _EACH_WRITES, at_once=_AT_ONCE)
        await killing
        undelivered = await _delivered(stage)
        inside = await _settled(stage, sum(map(len, scribes.wrote.values())))
        for _, task in working:
            task.cancel()
    said = tuple((c, t) for player, _ in working for c, ts in player.said.items() for t in ts)
    count = Count(
        {person: tuple(texts) for person, texts in scribes.wrote.items()},
        _heard(inside, {text for texts in scribes.wrote.values() for text in texts}),
        Reckoning(_outside(scribes), Desks(said), inside, stage.restarts),
        undelivered,
    )
    _show(stage, count)
    return count


async def _kill(stage: Stage, scribes: Scribes, updates: int, kills: int) -> None:
    """At moments of chance, spread over all that is written."""
    for share in sorted(scribes.random.random() for _ in range(kills)):
        async with contextlib.aclosing(stage.world.journal.stream(0)) as happenings:
            async for _ in happenings:
                if scribes.written >= share * updates:
                    break
        await asyncio.sleep(scribes.random.uniform(0, 0.5))
        await stage.kill()


async def _delivered(stage: Stage) -> int:
    """Wait until Telegram has nothing left for us; how much it still has at the end."""
    pending = stage.world.telegram.courier.pending
    with contextlib.suppress(TimeoutError):
        async with (
            asyncio.timeout(_DELIVERED_S),
            contextlib.aclosing(stage.world.journal.stream(0)) as happenings,
        ):
            async for _ in happenings:
                if not pending:
                    break
    return len(pending)


async def _settled(stage: Stage, texts: int) -> Inside:
    """The log once it has as many texts and nothing is on its way out, or what it has then."""
    reader = Desk(stage.base_url, "reader", stage.passwords["reader"])
    await reader.open()
    inside = Inside()
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CALM_S):
                while not _calm(inside, texts):
                    await asyncio.sleep(_LOOK_S)
                    with contextlib.suppress(*AWAY):
                        inside = await look(reader, inside)
    finally:
        await reader.close()
    return inside


def _calm(inside: Inside, texts: int) -> bool:
    messages = [m for page in inside.pages.values() for m in page["messages"] or ()]
    heard = sum(m["from"] == "caller" for m in messages)
    return heard >= texts and not any(m["state"] in _IN_HAND for m in messages)


def _heard(inside: Inside, texts: set[str]) -> dict[str, tuple[str, ...]]:
    """The callers' texts of each contact, as the log shows them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for contact, page in inside.pages.items():
        found[contact] += [m["text"] for m in page["messages"] or () if m["text"] in texts]
    return {contact: tuple(words) for contact, words in found.items()}


def _outside(scribes: Scribes) -> Outside:
    return Outside(
        wrote=tuple(
            Text(scribes.source(person), text)
            for person, texts in scribes.wrote.items()
            for text in texts
        ),
        got=tuple(
            Text(scribes.source(person.user_id), words)
            for person in scribes.people
            for words in person.inbox
        ),
    )


def _show(stage: Stage, count: Count) -> None:
    """How much came how, and what went wrong."""
    struck = {fault.value: n for fault, n in stage.world.faults.struck.items() if n}
    posts = stage.world.telegram.courier.posts
    states = Counter(row["state"] for row in count.reckoning.inside.rows)
    texts = sum(map(len, count.wrote.values()))
    typer.echo(
        f"{posts} deliveries, {struck}; service killed {stage.restarts} times.\n"
        f"{texts} texts of {len(count.wrote)} people in {len(count.heard)} contacts "
        f"{dict(states)}; {len(count.reckoning.desks.said)} answers of operators, "
        f"{count.reckoning.unknown} of unknown fate left to a person."
    )
    for problem in count.problems:
        typer.secho(f"  ✗ {problem}", fg="red")
    if not count.problems:
        typer.echo("Nothing lost, nothing doubled, every chat in its order.")
