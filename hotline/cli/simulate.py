"""`hotline simulate`: scripted callers and operators against the whole system, and a reckoning."""

import asyncio
import contextlib
import os
import secrets
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, and the seed is printed, so a run can be replayed
from typing import Annotated, Any, Final

import typer

from hotline.access.roles import Role
from hotline.app.core import intake_topics, staff_of
from hotline.app.ground import Ground, ground_of, urls_of
from hotline.cli.demo import world_config
from hotline.cli.ports import answers, free_port
from hotline.cli.shared import settings_of
from hotline.infra.embedded import Servers, running
from hotline.infra.web.server import run
from hotline.kernel.languages import LANGS
from hotline.kernel.secret import Secret
from hotline.migrations.upgrade import upgrade
from hotline.simulator import World
from hotline.simulator.operators import Desk, Refused, ScriptedOperator
from hotline.simulator.scenarios import Crowd
from hotline.staff.model import NewMember, Work

Json = dict[str, Any]
_CALM_S: Final = 120.0
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
        with (self.folder / "service.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, *arguments, env=environ, stdout=log, stderr=log
            )
        await answers(self.port, self.process)

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

    async def main() -> "Reckoning":
        with tempfile.TemporaryDirectory(prefix="h189s-") as folder:
            async with running(Path(folder)) as servers, _stage(servers, Path(folder), factor) as s:
                return await _play(s, Random(chosen), callers, operators, kills=kills)  # noqa: S311 - a replayable run

    reckoning = run(main)
    reckoning.show()
    if reckoning.problems:
        raise typer.Exit(1)


@contextlib.asynccontextmanager
async def _stage(servers: Servers, folder: Path, factor: float) -> Any:  # noqa: ANN401 - see the decorator
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    settings = settings_of("demo").model_copy(
        update={"public_base_url": base_url, "data_dir": folder}
    )
    config = world_config(settings, factor=factor, port=0)
    async with World(config).running() as world:
        stage = Stage(servers, folder, base_url, port, world)
        urls = urls_of(settings, servers)
        assert urls is not None  # noqa: S101 - embedded servers fill every gap
        base = ground_of(settings, urls)
        try:
            await upgrade(base.db.engine)
            stage.passwords = await _staff(base)
        finally:
            await base.close()
        await stage.start()
        try:
            yield stage
        finally:
            await stage.stop()


async def _staff(base: Ground, *, most: int = 50) -> dict[str, str]:
    """Fresh accounts with fresh passwords: so many operators, and one supervisor who reads."""
    staff = staff_of(base)
    topics = await intake_topics(base.settings)
    work = Work(languages=LANGS, skills=topics, phone_mode="fake")
    roles = {"reader": Role.SUPERVISOR} | {f"operator{n}": Role.OPERATOR for n in range(most)}
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
) -> "Reckoning":
    crowd = Crowd(stage.world, random)
    desks = [
        Desk(stage.base_url, f"operator{n}", stage.passwords[f"operator{n}"])
        for n in range(operators)
    ]
    players = [ScriptedOperator(desk) for desk in desks]
    async with asyncio.TaskGroup() as group, contextlib.AsyncExitStack() as closing:
        working = []
        for player in players:
            closing.push_async_callback(player.desk.close)
            await player.desk.open()
            working.append(group.create_task(player.work()))
        trouble = group.create_task(_trouble(stage, random, kills))
        await asyncio.gather(*crowd.scripts(callers))
        await trouble
        reckoning = await _reckon(stage, crowd, players)
        for task in working:
            task.cancel()
    return reckoning


async def _trouble(stage: Stage, random: Random, kills: int) -> None:
    for _ in range(kills):
        await asyncio.sleep(random.uniform(0.5, 4.0))
        await stage.kill()


async def _reckon(stage: Stage, crowd: Crowd, players: list[ScriptedOperator]) -> "Reckoning":
    """Wait until every contact is over, then hold the log against what people did and got."""
    reader = Desk(stage.base_url, "reader", stage.passwords["reader"])
    await reader.open()
    rows: list[Json] = []
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CALM_S):
                while True:
                    with contextlib.suppress(*_AWAY):
                        rows = await _log(reader)
                        if rows and all(row["state"] == "closed" for row in rows):
                            break
                    await asyncio.sleep(1)
        threads = {
            row["id"]: (await reader.get(f"/api/log/{row['id']}"))["messages"] or []
            for row in rows
            if row["channel"] != "voice"
        }
    finally:
        await reader.close()
    return Reckoning(stage, crowd, players, rows, threads)


async def _log(reader: Desk) -> list[Json]:
    rows: list[Json] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await reader.get("/api/log", **({"cursor": cursor} if cursor else {}))
        rows += page["rows"]
        cursor = page["next"]
    return rows


class Reckoning:
    """How it ended: the table, and everything that should not be."""

    def __init__(
        self,
        stage: Stage,
        crowd: Crowd,
        players: list[ScriptedOperator],
        rows: list[Json],
        threads: dict[str, list[Json]],
    ) -> None:
        self.rows = rows
        self.restarts = stage.restarts
        self.problems: list[str] = []
        self.unknown = 0
        heard = Counter(m["text"] for t in threads.values() for m in t if m["from"] == "caller")
        got = Counter(_received(crowd))
        self.inbound = sum(len(texts) for texts in crowd.wrote.values())
        self.outbound = sum(len(t) for p in players for t in p.said.values())
        self.refusals = sum((p.refusals for p in players), Counter())
        self.escalated = set().union(*(p.escalated for p in players))
        self._check_states()
        self._check_inbound(crowd, heard)
        self._check_outbound(players, threads, got)
        self.problems += [f"simulator: {type(e).__name__}: {e}" for e in stage.world.failures]

    def _check_states(self) -> None:
        still = [row for row in self.rows if row["state"] != "closed"]
        self.problems += [f"not over: {row['channel']} {row['state']}" for row in still]

    def _check_inbound(self, crowd: Crowd, heard: Counter[str]) -> None:
        for texts in crowd.wrote.values():
            for text in texts:
                if heard[text] != 1:
                    self.problems.append(f"caller's message recorded {heard[text]} times: {text}")

    def _check_outbound(
        self,
        players: list[ScriptedOperator],
        threads: dict[str, list[Json]],
        got: Counter[str],
    ) -> None:
        state = {m["text"]: m["state"] for t in threads.values() for m in t}
        for text in (one for p in players for said in p.said.values() for one in said):
            if state.get(text) in {"unknown", "failed"} and got[text] <= 1:
                self.unknown += 1
            elif got[text] != 1:
                self.problems.append(f"operator's message arrived {got[text]} times: {text}")

    def show(self) -> None:
        """Print the table, and what went wrong."""
        counts = Counter((r["channel"], r["state"], r["outcome"] or "—") for r in self.rows)
        typer.echo(f"\n{'channel':10} {'state':10} {'outcome':16} {'contacts':>8}")
        for (channel, state, outcome), count in sorted(counts.items()):
            typer.echo(f"{channel:10} {state:10} {outcome:16} {count:8}")
        closed = sum(r["state"] == "closed" for r in self.rows)
        typer.echo(
            f"\n{closed} of {len(self.rows)} contacts in an end state; service killed "
            f"{self.restarts} times.\nMessages: {self.inbound} from callers, {self.outbound} from "
            f"operators; {self.unknown} left to a person because their outcome is unknown."
        )
        typer.echo(f"Escalated: {len(self.escalated)}.")
        for refusal, count in self.refusals.most_common(5 if self.problems else 0):
            typer.echo(f"  refused {count} times: {refusal}")
        for problem in self.problems:
            typer.secho(f"  ✗ {problem}", fg="red")
        if not self.problems:
            typer.echo("Nothing lost, nothing doubled.")


def _received(crowd: Crowd) -> list[str]:
    """Everything that callers got to read; operators write texts of one SMS segment."""
    telegram = [text for person in crowd.chatters for text in person.inbox]
    return telegram + [text for person in crowd.texters for text in person.inbox]
