"""`hotline serve`: one role, or all of them in one process."""

from enum import StrEnum
from typing import Annotated

import typer

from hotline.app.run import Role, serve_forever
from hotline.cli.shared import Profile, ground, settings_of
from hotline.infra import logging
from hotline.infra.web.server import run


class RoleName(StrEnum):
    """What this process does."""

    EDGE = "edge"
    CONSOLE = "console"
    WORK = "work"
    ALL = "all"


def serve(
    role: Annotated[RoleName, typer.Option(help="edge: webhooks; console: staff; work: jobs.")],
    profile: Profile = None,
    migrate: Annotated[
        bool, typer.Option("--migrate/--no-migrate", help="Bring the database up to date first.")
    ] = False,
) -> None:
    """Run the service until Ctrl-C or SIGTERM."""
    settings = settings_of(profile)
    logging.configure(settings.log.level, settings.log.format)

    async def main() -> str | None:
        async with ground(settings, migrate=migrate) as base:
            return await serve_forever(base, Role(role.value))

    crashed = run(main)
    if crashed is not None:
        typer.echo(f"{crashed} crashed; see the log. Start the service again.", err=True)
        raise typer.Exit(1)
