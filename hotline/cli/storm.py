"""`hotline storm`: very many calls while everything fails by chance, and what is left."""

import asyncio
import contextlib
import secrets
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, and the seed is printed, so a run can be replayed
from typing import Annotated, Final
from uuid import UUID

import typer

from hotline.cli.logbook import settled
from hotline.cli.reckoning import Desks, Dialled, Outside, Reckoning, source
from hotline.cli.shared import first_of
from hotline.cli.stage import Stage, stage_on
from hotline.infra.embedded import running
from hotline.infra.web.server import run
from hotline.simulator.operators import Desk
from hotline.simulator.storm import Callers, HardOperator
from hotline.simulator.tasks import drop
from hotline.simulator.watch import Watch
from hotline.telephony.model import CLIENT_PREFIX, identity

# People are as quick as the simulated carrier; what waits for them must not take minutes.
_SETTINGS: Final = {
    "HOTLINE__ROUTING__OFFER_S": "5",
    "HOTLINE__ROUTING__GRACE_S": "2",
    "HOTLINE__TELEPHONY__JOIN_S": "6",
    "HOTLINE__TELEPHONY__SILENT_S": "6",
    "HOTLINE__TELEPHONY__SILENT_TALKING_S": "6",
    # Who is not reached is not tried again hours later.
    "HOTLINE__CALLBACKS__PAUSES_MIN": "",
    "HOTLINE__CALLBACKS__CALLS_PER_DAY": "100000",
    "HOTLINE__CALLBACKS__MINUTES_PER_DAY": "1000000",
}
_FOR_EACH: Final = 1.5
_EACH_TAKES: Final = 20
_FEWEST, _MOST = 12, 32
# Longer than the longest timer of a call: one that is called back.
_CALM_S: Final = 150.0
_KEPT: Final = 3_000
_LOOK_S: Final = 0.05
_LONGEST_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class Damage:
    """What was left: the reckoning of log and carrier, and what only the carrier saw."""

    reckoning: Reckoning
    doubles: int
    failures: tuple[str, ...]

    @property
    def problems(self) -> list[str]:
        """Nothing here: every call over, nobody with two operators, no leg left anywhere."""
        doubled = [f"{self.doubles} double connects"] if self.doubles else []
        return [*self.reckoning.problems, *doubled, *self.failures]


def storm(
    calls: Annotated[int, typer.Option(min=1, max=100_000)] = 10_000,
    faults: Annotated[
        float, typer.Option(min=0, max=0.5, help="The share in which each thing goes wrong.")
    ] = 0.05,
    seed: Annotated[int | None, typer.Option(help="The same mishaps again.")] = None,
    operators: Annotated[
        int | None, typer.Option(min=1, max=50, help="How many take the calls; more for more.")
    ] = None,
    factor: Annotated[float, typer.Option(min=1, max=100, help="How fast prompts pass.")] = 20,
) -> None:
    """Run very many simulated calls while everything fails by chance; 1 if anything is left."""
    chosen = seed if seed is not None else secrets.randbelow(1_000_000)
    staff = operators or min(_MOST, max(_FEWEST, calls // _EACH_TAKES))
    typer.echo(f"seed {chosen}: {calls} calls, {staff} operators, faults {faults:.0%}")

    async def main() -> Damage:
        with tempfile.TemporaryDirectory(prefix="h189w-") as folder:
            async with (
                running(Path(folder)) as servers,
                stage_on(servers, Path(folder), factor, staff, _SETTINGS, kept=_KEPT) as stage,
            ):
                stage.world.faults.arm_all(faults, seed=chosen)
                random = Random(chosen)  # noqa: S311 - a replayable run
                return await _rage(stage, random, calls, staff, share=faults)

    try:
        damage = run(main)
    except ExceptionGroup as group:
        raise first_of(group) from None
    if damage.problems:
        raise typer.Exit(1)


async def _rage(
    stage: Stage, random: Random, calls: int, operators: int, *, share: float
) -> Damage:
    callers, watch, world = Callers(stage.world, random), Watch(), stage.world
    following = world.tasks.spawn(watch.follow(world.journal), name="watch")
    late: list[str] = []
    async with asyncio.TaskGroup() as group, contextlib.AsyncExitStack() as closing:
        working = []
        for number in range(operators):
            login = f"operator{number}"
            desk = Desk(stage.base_url, login, stage.passwords[login])
            closing.push_async_callback(desk.close)
            await desk.open()
            address = CLIENT_PREFIX + identity(UUID(desk.me["id"]))
            player = HardOperator(desk, world, address, random=random, share=share)
            working.append(group.create_task(player.work()))
        try:
            async with asyncio.timeout(_CALM_S + calls * _LONGEST_S):
                await callers.come(calls, at_once=round(operators * _FOR_EACH))
        except TimeoutError:
            late.append(f"not over in time: {calls - callers.ended.total()} calls")
        reader = Desk(stage.base_url, "reader", stage.passwords["reader"])
        inside = await settled(reader, within_s=_CALM_S + calls * _LOOK_S)
        for task in working:
            task.cancel()
    await drop(following)
    reckoning = Reckoning(_outside(stage, callers, watch), Desks(), inside)
    failures = [*late, *(f"simulator: {error!r}" for error in world.failures)]
    damage = Damage(reckoning, len(watch.doubles), tuple(failures))
    _show(stage, callers, damage)
    return damage


def _outside(stage: Stage, callers: Callers, watch: Watch) -> Outside:
    return Outside(
        calls=tuple(
            Dialled(
                source("voice", call.number),
                taken=call.sid in watch.taken,
                talked=call.sid in watch.talked,
                patient=call.patient,
            )
            for call in callers.calls
        ),
        legs_open=sum(not call.final for call in stage.world.carrier.legs.by_sid.values()),
    )


def _show(stage: Stage, callers: Callers, damage: Damage) -> None:
    """The table, and what went wrong."""
    outside, rows = damage.reckoning.outside, damage.reckoning.inside.rows
    typer.echo(f"\n{'what went wrong':26} {'times':>8}")
    for fault, times in stage.world.faults.struck.items():
        if times:
            typer.echo(f"{fault.value:26} {times:8}")
    typer.echo(f"\n{'contact':10} {'outcome':16} {'contacts':>8}")
    counts = Counter((row["state"], row["outcome"] or "—") for row in rows)
    for (state, outcome), number in sorted(counts.items()):
        typer.echo(f"{state:10} {outcome:16} {number:8}")
    over = sum(row["state"] == "closed" for row in rows)
    typer.echo(
        f"\n{len(outside.calls)} calls ended {dict(callers.ended)}; "
        f"{damage.reckoning.talked} of them talked with somebody; {callers.called_back} "
        f"answered when they were called back.\n"
        f"{over} of {len(rows)} contacts in an end state, {damage.doubles} double connects, "
        f"{outside.legs_open} legs left at the carrier."
    )
    for problem in damage.problems:
        typer.secho(f"  ✗ {problem}", fg="red")
    if not damage.problems:
        typer.echo("Nothing lost, nothing doubled, nothing left over.")
