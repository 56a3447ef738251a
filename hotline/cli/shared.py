"""What several commands need: settings in words, a database to talk to, mistakes without traces."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Final

import typer

from hotline.app.ground import Ground, ground_of, urls_of
from hotline.cli.ports import DidNotStart
from hotline.i18n.catalogue import CatalogueProblems
from hotline.infra.crypto import KeyProblem
from hotline.infra.embedded import running
from hotline.infra.postgres_home import ServersError
from hotline.infra.web.routes import RouteProblems
from hotline.infra.web.server import CannotListen
from hotline.intake.flows import FlowProblems
from hotline.intake.hours import HoursProblems
from hotline.kernel.errors import HotlineError
from hotline.migrations.upgrade import TooNew
from hotline.settings import Settings, SettingsProblems, load_process

MISTAKES: Final = (
    CannotListen,
    CatalogueProblems,
    DidNotStart,
    FlowProblems,
    HotlineError,
    HoursProblems,
    KeyProblem,
    RouteProblems,
    ServersError,
    SettingsProblems,
    TooNew,
)

Profile = Annotated[
    str | None,
    typer.Option(
        help="Which config/<profile>.toml to use: production, development, demo, test. "
        "Also HOTLINE_PROFILE.",
        show_default="production",
    ),
]


def settings_of(profile: str | None) -> Settings:
    """The settings of this process; raises SettingsProblems with all of them."""
    return load_process(profile)


def say_mistake(mistake: Exception) -> None:
    """All problems at once, one a line, on standard error."""
    problems = getattr(mistake, "problems", None) or [str(mistake)]
    for problem in problems:
        typer.secho(f"hotline: {problem}", fg="red", err=True)


def first_of(error: Exception) -> Exception:
    """What went wrong first among tasks that were stopped together."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


@contextlib.asynccontextmanager
async def ground(settings: Settings) -> AsyncIterator[Ground]:
    """The plumbing for one command: database (embedded where none is named), keys, texts."""
    async with contextlib.AsyncExitStack() as stack:
        urls = urls_of(settings)
        if urls is None:
            servers = await stack.enter_async_context(running(Path(settings.data_dir)))
            urls = urls_of(settings, servers)
        assert urls is not None  # noqa: S101 - embedded servers fill every gap
        base = ground_of(settings, urls)
        stack.push_async_callback(base.close)
        yield base
