"""What several commands need: settings in words, a database to talk to, mistakes without traces."""

import contextlib
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from hotline.app.ground import LOCALES, Ground, ground_of, urls_of
from hotline.cli.ports import DidNotStart
from hotline.i18n.catalogue import Catalogue
from hotline.infra import keyproof
from hotline.infra.crypto import KeyProblem
from hotline.infra.db import AWAY, Database
from hotline.infra.embedded import running
from hotline.infra.postgres_home import ServersError
from hotline.infra.web.server import CannotListen
from hotline.kernel.errors import HotlineError, Problems, Unavailable
from hotline.migrations.upgrade import WrongRevision, check_revision, upgrade
from hotline.settings import Settings, load_process


class DatabaseAway(Exception):  # noqa: N818 - it says what is the case
    """PostgreSQL cannot be used; the text names the setting and the reason."""


MISTAKES: Final = (
    CannotListen,
    DatabaseAway,
    DidNotStart,
    HotlineError,
    Problems,
    ServersError,
    WrongRevision,
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
    for problem in _in_words(mistake):
        typer.secho(f"hotline: {problem}", fg="red", err=True)


def _in_words(mistake: Exception) -> Sequence[str]:
    match mistake:
        case Problems():
            return mistake.problems
        case HotlineError() if not isinstance(mistake, KeyProblem):
            text = Catalogue.load(LOCALES).t("en", f"error-{mistake.code}", **mistake.fields)
            return [text, *(f"{field}: {why}" for field, why in mistake.fields.items())]
        case _:
            return [str(mistake)]


def first_of(error: Exception) -> Exception:
    """What went wrong first among tasks that were stopped together."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


@contextlib.asynccontextmanager
async def plumbing(settings: Settings) -> AsyncIterator[Ground]:
    """Database (embedded where none is named), keys, texts, as they are found.

    Raises `KeyProblem` where the first set of keys would be made beside a database that has one.
    """
    async with contextlib.AsyncExitStack() as stack:
        urls = urls_of(settings)
        if urls is None:
            servers = await stack.enter_async_context(running(Path(settings.data_dir)))
            urls = urls_of(settings, servers)
        assert urls is not None  # noqa: S101 - embedded servers fill every gap
        db = Database(urls.database)
        stack.push_async_callback(db.close)
        with _database_in_words():
            await keyproof.refuse_new_keys(db, settings.keys_dir)
        base = ground_of(settings, urls)
        stack.push_async_callback(base.close)
        yield base


@contextlib.asynccontextmanager
async def ground(settings: Settings, *, migrate: bool = False) -> AsyncIterator[Ground]:
    """The plumbing, with a database of this version's shape that these keys open.

    An embedded database is always brought up to date first.
    """
    async with plumbing(settings) as base:
        with _database_in_words():
            await keyproof.refuse_foreign_keys(base.db, base.vault, settings.keys_dir)
            if migrate or not settings.database.url:
                await upgrade(base.db.engine)
            await check_revision(base.db.engine)
            await keyproof.leave_proof(base.db, base.vault)
        yield base


@contextlib.contextmanager
def _database_in_words() -> Iterator[None]:
    try:
        yield
    except (Unavailable, *AWAY) as error:
        reason = error.__cause__ or error
        words = str(reason) or type(reason).__name__
        message = f"database.url: PostgreSQL cannot be used ({words})"
        raise DatabaseAway(message) from error
