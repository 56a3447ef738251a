"""The command line: what an administrator types."""

import sys

import typer

from hotline.cli import (
    bench,
    db,
    demo,
    doctor,
    flows,
    messages,
    rehearse,
    serve,
    simulate,
    staff,
    storm,
)
from hotline.cli.shared import MISTAKES, say_mistake

app = typer.Typer(
    name="hotline",
    help="Hotline 189: calls, SMS and Telegram for questions on migration and trafficking.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)
app.command("simulate")(simulate.simulate)
app.command("storm")(storm.storm)
app.command("messages")(messages.messages)
app.command("rehearse")(rehearse.rehearse)
app.command("bench")(bench.bench)
app.add_typer(db.app, name="db")
app.add_typer(staff.app, name="staff")
app.add_typer(flows.app, name="flows")


def main() -> None:
    """Run a command; a mistake of the person who typed it is told in words, without a traceback."""
    try:
        app()
    except MISTAKES as mistake:
        say_mistake(mistake)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
