"""`hotline demo`: the whole system on this machine, with simulated carrier and Telegram."""

import contextlib
import errno
from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import urlsplit

import typer

from hotline.app.core import intake_topics, staff_of
from hotline.app.ground import Ground
from hotline.app.run import Role, start
from hotline.cli.shared import ground, settings_of
from hotline.infra import logging
from hotline.infra.web.server import CannotListen, run, stop_signal
from hotline.settings import LogLevel, Settings
from hotline.simulator import AggregatorConfig, DialectName, World, WorldConfig
from hotline.staff.seed import DemoLogin, seed

# What a real installation types into the carrier's console: retry on anything, five times.
RETRIES = "#rc=5&rp=all"


def demo(
    log_level: Annotated[LogLevel, typer.Option(help="How much is said here.")] = "warning",
) -> None:
    """Run everything here and print where to go. Ctrl-C stops all of it."""
    settings = settings_of("demo")
    logging.configure(log_level, settings.log.format)

    async def main() -> None:
        async with ground(settings, migrate=True) as base:
            logins = await seeded(base)
            async with _world(settings) as world:
                asked = stop_signal()
                running = await start(base, Role.ALL)
                _welcome(settings, world.url, logins)
                await asked.wait()
                typer.echo("Stopping …")
                await running.stop()

    run(main)


@contextlib.asynccontextmanager
async def _world(settings: Settings) -> AsyncIterator[World]:
    """The simulated vendors; a port in use is told with the settings to change."""
    world = World(world_config(settings))
    async with contextlib.AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(world.running())
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            message = (
                f"carrier.api_base_url, telegram.api_base_url: port {world.config.port} is in use "
                "by another program; choose another port in both"
            )
            raise CannotListen(message) from None
        yield world


async def seeded(base: Ground) -> tuple[DemoLogin, ...]:
    """The demo's staff, made where they are not there yet."""
    staff = staff_of(base)
    try:
        topics = await intake_topics(base.settings)
        return await seed(staff, profile=base.settings.profile, topics=topics)
    finally:
        staff.close()


def world_config(
    settings: Settings, *, factor: float = 1.0, port: int | None = None
) -> WorldConfig:
    """The simulated vendors, told of this installation as the real ones would be."""
    base = settings.public_base_url.rstrip("/")
    at = urlsplit(settings.carrier.api_base_url)
    return WorldConfig(
        account_sid=settings.carrier.account_sid,
        auth_token=settings.carrier.auth_token.reveal(),
        signing_key=settings.carrier.auth_token_secondary.reveal(),
        bot_token=settings.telegram.token.reveal(),
        number=settings.hotline.line,
        sms_number=settings.carrier.sms_from,
        voice_url=f"{base}/voice/in{RETRIES}",
        status_callback=f"{base}/voice/status{RETRIES}",
        sms_url=f"{base}/sms/in{RETRIES}",
        app_voice_url=f"{base}/voice/op{RETRIES}",
        dialect=DialectName(settings.carrier.dialect),
        host=at.hostname or "127.0.0.1",
        port=(at.port or 0) if port is None else port,
        factor=factor,
        aggregator=_aggregator(settings) if settings.sms.transport == "aggregator" else None,
    )


def _aggregator(settings: Settings) -> AggregatorConfig:
    """A local SMS provider, told of this installation."""
    base, agreed = settings.public_base_url.rstrip("/"), settings.aggregator
    return AggregatorConfig(
        number=agreed.sender,
        authorization=agreed.auth_secret.reveal(),
        callback_secret=agreed.callback_secret.reveal(),
        inbound_url=f"{base}/sms/in",
        status_url=f"{base}/sms/status",
    )


def _welcome(settings: Settings, world: str, logins: tuple[DemoLogin, ...]) -> None:
    lines = [
        "",
        f"  Hotline {settings.hotline.line} is running.",
        "",
        f"  Desk (staff)            {settings.public_base_url}/",
        f"  Be a caller by hand     {world}/",
        "",
        "  Demo logins:",
        *(f"    {one.login:8} {one.password:26} {', '.join(one.roles)}" for one in logins),
        "",
        "  Open the desk as ana, start the shift, then call 189 on the caller's page.",
        "  Ctrl-C stops everything.",
        "",
    ]
    typer.echo("\n".join(lines))
