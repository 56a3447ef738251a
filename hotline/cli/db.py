"""`hotline db`: the database's shape."""

import typer

from hotline.cli.shared import Profile, ground, settings_of
from hotline.infra.web.server import run
from hotline.migrations.upgrade import upgrade

app = typer.Typer(help="The database.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The database."""


@app.command()
def migrate(profile: Profile = None) -> None:
    """Bring the database to the shape this version needs."""
    settings = settings_of(profile)

    async def main() -> str:
        async with ground(settings) as base:
            return await upgrade(base.db.engine)

    typer.echo(f"The database is at revision {run(main)}.")
