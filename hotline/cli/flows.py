"""`hotline flows`: the questions before a human, proved."""

import typer

from hotline.app.core import flow_problems
from hotline.cli.shared import Profile, settings_of

app = typer.Typer(help="The questions before a human.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The questions before a human."""


@app.command()
def check(profile: Profile = None) -> None:
    """Prove the flows: every step reachable, every path ends, every text in every language."""
    problems = flow_problems(settings_of(profile))
    for problem in problems:
        typer.secho(problem, fg="red", err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("All flows are sound.")
