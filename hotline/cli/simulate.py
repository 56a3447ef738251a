"""`hotline simulate`: scripted callers and operators against the whole system, and a reckoning."""

import asyncio
import contextlib
import os
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, and the seed is printed, so a run can be replayed
from typing import Annotated, Any, Final

import typer

from hotline.access.roles import Role
from hotline.app.core import intake_topics, staff_of
from hotline.app.ground import Ground, ground_of, urls_of
from hotline.cli.demo import world_config
from hotline.cli.ports import answers, free_port
from hotline.cli.reckoning import Desks, Dialled, Inside, Outside, Reckoning, Text, source
from hotline.cli.shared import first_of, settings_of
from hotline.infra.embedded import Servers, running
from hotline.infra.web.server import run
from hotline.kernel.languages import LANGS
from hotline.kernel.secret import Secret
from hotline.migrations.upgrade import upgrade
from hotline.simulator import World
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.operators import Desk, Refused, ScriptedOperator
from hotline.simulator.scenarios import Crowd
from hotline.staff.model import NewMember, Work

Json = dict[str, Any]
_CALM_S: Final = 120.0
_READ_S: Final = 1.0
_TALK_S: Final = 2.0
_MOST: Final = 5
# Doubled four times, this outlasts a restart on a slow machine: later reports are lost, and a call
# that nobody reported is asked about only minutes later.
_RETRY_S: Final = 1.0
# What the carrier itself reads out when the service does not answer: the person dials again.
_AWAY_BIN: Final = "/bins/away"
_AWAY_TWIML: Final = (
    '<Response><Say language="ru-RU">Извините, у нас неполадка. Пожалуйста, перезвоните.</Say>'
    "<Hangup/></Response>"
)
_AWAY: Final = (OSError, TimeoutError, Refused)


@dataclass
class Stage:
    """One run: the world outside, the service as a process of its own, and who plays."""

    servers: Servers
    folder: Path
    base_url: str
    port: int
    world: World
    restarts: int = 0
    process: asyncio.subprocess.Process | None = None
    passwords: dict[str, str] = field(default_factory=dict)

    async def start(self) -> None:
        """Start the service and wait until it answers."""
        environ = {
            "PATH": os.defpath,
            "HOTLINE__PUBLIC_BASE_URL": self.base_url,
            "HOTLINE__SERVER__PORT": str(self.port),
            "HOTLINE__DATABASE__URL": self.servers.database_url,
            "HOTLINE__REDIS__URL": self.servers.redis_url,
            "HOTLINE__DATA_DIR": str(self.folder),
            "HOTLINE__CARRIER__API_BASE_URL": self.world.url,
            "HOTLINE__TELEGRAM__API_BASE_URL": self.world.url,
            "HOTLINE__LOG__LEVEL": "warning",
            "HOTLINE__LOG__FORMAT": "json",
        }
        arguments = ("-m", "hotline", "serve", "--role", "all", "--profile", "demo")
        path = self.folder / "service.log"
        with path.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, *arguments, env=environ, stdout=log, stderr=log
            )
        await answers(self.port, self.process, path)

    async def kill(self) -> None:
        """SIGKILL, and start again."""
        if self.process is not None:
            self.process.kill()
            await self.process.wait()
        self.restarts += 1
        await self.start()

    async def stop(self) -> None:
        """The ordinary end."""
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()


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
                _stage(servers, Path(folder), factor, operators) as stage,
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


@contextlib.asynccontextmanager
async def _stage(
    servers: Servers, folder: Path, factor: float, operators: int
) -> AsyncIterator[Stage]:
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    settings = settings_of("demo").model_copy(
        update={"public_base_url": base_url, "data_dir": folder}
    )
    config = world_config(settings, factor=factor, port=0)
    config = replace(config, bins={"away": _AWAY_TWIML}, retry_pause_s=_RETRY_S)
    async with World(config).running() as world:
        world.point_at(voice_fallback_url=world.url + _AWAY_BIN)
        stage = Stage(servers, folder, base_url, port, world)
        urls = urls_of(settings, servers)
        assert urls is not None  # noqa: S101 - embedded servers fill every gap
        base = ground_of(settings, urls)
        try:
            await upgrade(base.db.engine)
            stage.passwords = await _staff(base, operators)
        finally:
            await base.close()
        await stage.start()
        try:
            yield stage
        finally:
            await stage.stop()


async def _staff(base: Ground, operators: int) -> dict[str, str]:
    """Fresh accounts with fresh passwords: the operators, and one supervisor who reads."""
    staff = staff_of(base)
    topics = await intake_topics(base.settings)
    work = Work(languages=LANGS, skills=topics, phone_mode="fake")
    roles = {"reader": Role.SUPERVISOR} | {f"operator{n}": Role.OPERATOR for n in range(operators)}
    passwords = {login: secrets.token_urlsafe(16) for login in roles}
    try:
        for login, role in roles.items():
            secret = Secret(passwords[login])
            new = NewMember(login, login, secret, frozenset({role}), work)
            await staff.add(None, new)
    finally:
        staff.close()
    return passwords


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
        inside = await _read(stage)
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


async def _read(stage: Stage) -> Inside:
    """The log when nothing is under way any more, or as it is after two minutes."""
    reader = Desk(stage.base_url, "reader", stage.passwords["reader"])
    await reader.open()
    inside = Inside()
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CALM_S):
                while not (inside.rows and inside.calm):
                    await asyncio.sleep(_READ_S)
                    with contextlib.suppress(*_AWAY):
                        inside = await _inside(reader)
    finally:
        await reader.close()
    return inside


async def _inside(reader: Desk) -> Inside:
    rows: list[Json] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await reader.get("/api/log", **({"cursor": cursor} if cursor else {}))
        rows += page["rows"]
        cursor = page["next"]
    pages = {row["id"]: await reader.get(f"/api/log/{row['id']}") for row in rows}
    dead = (await reader.get("/api/dead-letters"))["jobs"]
    return Inside(tuple(rows), pages, len(dead))


def _outside(stage: Stage, crowd: Crowd) -> Outside:
    """What the carrier and Telegram know of everybody."""
    hooks = stage.world.journal.find("webhook", hook="voice")
    firsts = [one for one in hooks if str(one["url"]).endswith("/voice/in")]
    taken = {one["subject"] for one in firsts if one["failure"] is None}
    repeated = {one["subject"] for one in hooks if one["attempt"] and one["failure"] is None}
    away = {one["subject"] for one in hooks if str(one["url"]).endswith(_AWAY_BIN)}
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
