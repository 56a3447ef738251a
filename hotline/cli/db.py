"""`hotline db`: the database's shape."""

import typer

from hotline.cli.shared import Profile, ground, settings_of
from hotline.infra.web.server import run
from hotline.migrations.upgrade import head

app = typer.Typer(help="The database.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The database."""


@app.command()
def migrate(profile: Profile = None) -> None:
    """Bring the database to the shape this version needs."""
    settings = settings_of(profile)

    async def main() -> None:
        async with ground(settings, migrate=True):
            pass

    run(main)
    typer.echo(f"The database is at revision {head()}.")
