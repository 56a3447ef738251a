"""`hotline simulate`: scripted callers and operators against the whole system, and a reckoning."""

import asyncio
import contextlib
import secrets
import tempfile
from collections import Counter
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, and the seed is printed, so a run can be replayed
from typing import Annotated, Final

import typer

from hotline.cli.logbook import settled
from hotline.cli.reckoning import Desks, Dialled, Outside, Reckoning, Text, source
from hotline.cli.shared import first_of
from hotline.cli.stage import AWAY_BIN, Stage, stage_on
from hotline.infra.embedded import running
from hotline.infra.web.server import run
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.operators import Desk, ScriptedOperator
from hotline.simulator.scenarios import Crowd

_CALM_S: Final = 120.0
_TALK_S: Final = 2.0
_MOST: Final = 5


def simulate(
    callers: Annotated[int, typer.Option(min=1, max=500)] = 20,
    operators: Annotated[int, typer.Option(min=1, max=50)] = 4,
    kills: Annotated[int, typer.Option(min=0, max=50, help="SIGKILL the service so often.")] = 0,
    seed: Annotated[int | None, typer.Option(help="Replay a run.")] = None,
    factor: Annotated[float, typer.Option(min=1, max=100, help="How fast prompts pass.")] = 20,
) -> None:
    """Run scripted callers on three channels and operators, then show how every contact ended."""
    chosen = seed if seed is not None else secrets.randbelow(1_000_000)
    typer.echo(f"seed {chosen}: {callers} callers, {operators} operators, {kills} kills")

    async def main() -> tuple[Reckoning, list[str]]:
        with tempfile.TemporaryDirectory(prefix="h189s-") as folder:
            async with (
                running(Path(folder)) as servers,
                stage_on(servers, Path(folder), factor, operators) as stage,
            ):
                random = Random(chosen)  # noqa: S311 - a replayable run
                reckoning = await _play(stage, random, callers, operators, kills=kills)
                return reckoning, [f"simulator: {e!r}" for e in stage.world.failures]

    try:
        reckoning, failures = run(main)
    except ExceptionGroup as group:
        raise first_of(group) from None
    problems = [*reckoning.problems, *failures]
    _show(reckoning, problems)
    if problems:
        raise typer.Exit(1)


async def _play(
    stage: Stage, random: Random, callers: int, operators: int, *, kills: int
) -> Reckoning:
    crowd = Crowd(stage.world, random)
    desks = [
        Desk(stage.base_url, f"operator{n}", stage.passwords[f"operator{n}"])
        for n in range(operators)
    ]
    players = [ScriptedOperator(desk, talk_s=_TALK_S) for desk in desks]
    async with asyncio.TaskGroup() as group, contextlib.AsyncExitStack() as closing:
        working = []
        for player in players:
            closing.push_async_callback(player.desk.close)
            await player.desk.open()
            working.append(group.create_task(player.work()))
        trouble = group.create_task(_trouble(stage, crowd, callers, kills))
        await asyncio.gather(*crowd.scripts(callers))
        await trouble
        reader = Desk(stage.base_url, "reader", stage.passwords["reader"])
        inside = await settled(reader, within_s=_CALM_S)
        for task in working:
            task.cancel()
    said = tuple((contact, t) for p in players for contact, ts in p.said.items() for t in ts)
    escalated = frozenset().union(*(player.escalated for player in players))
    refused = sum((player.refusals for player in players), Counter[str]())
    done = Desks(said, escalated, refused)
    return Reckoning(_outside(stage, crowd), done, inside, stage.restarts)


async def _trouble(stage: Stage, crowd: Crowd, callers: int, kills: int) -> None:
    """Kills spread over the run, each while somebody is on the line, or when all have come."""
    for number in range(kills):
        share = callers * (number + 1) / (kills + 1)
        async with contextlib.aclosing(stage.world.journal.stream(0)) as happenings:
            async for _ in happenings:
                if crowd.arrived >= share and (crowd.on_the_line or crowd.arrived == callers):
                    break
        await asyncio.sleep(crowd.random.uniform(0, _TALK_S))
        await stage.kill()


def _outside(stage: Stage, crowd: Crowd) -> Outside:
    """What the carrier and Telegram know of everybody."""
    hooks = stage.world.journal.find("webhook", hook="voice")
    firsts = [one for one in hooks if str(one["url"]).endswith("/voice/in")]
    taken = {one["subject"] for one in firsts if one["failure"] is None}
    repeated = {one["subject"] for one in hooks if one["attempt"] and one["failure"] is None}
    away = {one["subject"] for one in hooks if str(one["url"]).endswith(AWAY_BIN)}
    calls = (
        Dialled(
            source("voice", call.origin),
            taken=call.sid in taken,
            talked=any(moment.kind is Heard.TALKING for moment in call.ear.moments),
            patient=patient,
            repeated=call.sid in repeated,
            fell_back=call.sid in away,
        )
        for call, patient in crowd.calls
    )
    carrier = stage.world.carrier
    telegram = (
        Text(source("telegram", str(person.user_id)), words)
        for person in crowd.chatters
        for words in person.inbox
    )
    sms = (
        Text(source("sms", message.to), message.body, message.status_callback)
        for inbox in carrier.messages.inboxes.values()
        for message in inbox
    )
    return Outside(
        calls=tuple(calls),
        wrote=tuple(Text(source(*who), words) for who, words in crowd.wrote),
        got=(*telegram, *sms),
        legs_open=sum(not call.final for call in carrier.legs.by_sid.values()),
    )


def _show(reckoning: Reckoning, problems: list[str]) -> None:
    """The table, and what went wrong."""
    outside, rows = reckoning.outside, reckoning.inside.rows
    counts = Counter((r["channel"], r["state"], r["outcome"] or "—") for r in rows)
    typer.echo(f"\n{'channel':10} {'state':10} {'outcome':16} {'contacts':>8}")
    for (channel, state, outcome), count in sorted(counts.items()):
        typer.echo(f"{channel:10} {state:10} {outcome:16} {count:8}")
    closed = sum(row["state"] == "closed" for row in rows)
    calls = outside.calls
    typer.echo(
        f"\n{closed} of {len(rows)} contacts in an end state; service killed "
        f"{reckoning.kills} times.\n"
        f"Calls: {len(calls)}, {reckoning.talked} of them answered; "
        f"{sum(c.repeated for c in calls)} got through because the carrier asked again, "
        f"{sum(c.fell_back for c in calls)} heard the carrier's own document.\n"
        f"Chats and SMS: {reckoning.chatted} answered; {len(outside.wrote)} messages from "
        f"callers, {len(reckoning.desks.said)} from operators; {reckoning.unknown} left to a "
        f"person because their outcome is unknown.\n"
        f"Escalated: {len(reckoning.desks.escalated)}."
    )
    for refusal, count in reckoning.desks.refused.most_common(_MOST if problems else 0):
        typer.echo(f"  an operator was refused {count} times: {refusal}")
    for problem in problems:
        typer.secho(f"  ✗ {problem}", fg="red")
    if not problems:
        typer.echo("Nothing lost, nothing doubled.")
