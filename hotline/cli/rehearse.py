"""`hotline rehearse`: days of the hotline in minutes, and whether the queue did right by all."""

import gc
import secrets
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from hotline.app.core import rules_of
from hotline.app.ground import LOCALES
from hotline.cli.shared import Profile, settings_of
from hotline.consultations.forms import Form
from hotline.i18n.catalogue import Catalogue
from hotline.infra.embedded import running
from hotline.infra.web.server import run
from hotline.intake import flows
from hotline.kernel.languages import Lang, is_lang
from hotline.rehearsal import erlang
from hotline.rehearsal.erlang import Compared, Shared
from hotline.rehearsal.figures import Figures
from hotline.rehearsal.plan import NONE, USUAL, Plan
from hotline.rehearsal.plot import svg
from hotline.rehearsal.run import Rehearsal
from hotline.rehearsal.virtual import virtual
from hotline.routing.service import Rules
from hotline.settings import Settings

NAME: Final = "rehearsal"


def rehearse(
    *,
    contacts: Annotated[int, typer.Option(min=1, max=10_000_000)] = 10_000,
    seed: Annotated[str | None, typer.Option(help="The same people again, to the second.")] = None,
    operators: Annotated[
        str, typer.Option(help="How many are at work at a time, by their own language.")
    ] = "ky=5 ru=5 uz=2 en=1",
    shares: Annotated[
        str, typer.Option(help="Of contacts, by language.")
    ] = "ky=40 ru=40 uz=15 en=5",
    occupancy: Annotated[
        float, typer.Option(min=0.05, max=2, help="The load, as a share of the operators' time.")
    ] = USUAL.occupancy,
    handling_s: Annotated[float, typer.Option(min=1, help="A mean talk.")] = USUAL.handling_s,
    patience_s: Annotated[
        float, typer.Option(min=0, help="Mean patience; 0: for ever.")
    ] = USUAL.patience_s or 0,
    chats: Annotated[float, typer.Option(min=0, max=1, help="Their share.")] = USUAL.chats,
    calm: Annotated[
        bool, typer.Option("--calm", help="Nobody passes, breaks down or alarms.")
    ] = False,
    compare: Annotated[
        bool, typer.Option("--erlang", help="Against Erlang-C and separate queues instead.")
    ] = False,
    plot: Annotated[Path | None, typer.Option(help="Where its picture is written, as SVG.")] = None,
    profile: Profile = "demo",
) -> None:
    """Let made-up people come and work in virtual time, on the real queue; 1 if a rule was broken.

    In a database of its own that is thrown away. Nothing is sent anywhere.
    """
    chosen = seed if seed is not None else str(secrets.randbelow(1_000_000))
    settings = settings_of(profile)
    rules, usual = scene(settings)
    if compare:
        typer.echo(f"seed {chosen}: {contacts} contacts for each line")
        tell_compared(*run(lambda: compared(rules, contacts, chosen)), plot)
        return
    plan = replace(
        usual,
        contacts=contacts,
        seed=chosen,
        operators={one: round(number) for one, number in _numbers("operators", operators)},
        shares=dict(_numbers("shares", shares)),
        occupancy=occupancy,
        handling_s=handling_s,
        patience_s=patience_s or None,
        chats=chats,
        mishaps=NONE if calm else usual.mishaps,
    )
    typer.echo(f"seed {chosen}: {contacts} contacts, load {occupancy:.0%}, all of it made up")
    figures = run(lambda: rehearsed(plan, rules))
    for line in figures.lines():
        typer.echo(line)
    for problem in figures.violations:
        typer.secho(f"  ✗ {problem}", fg="red")
    typer.echo(f"{len(figures.violations)} violations")
    if figures.violations:
        typer.echo(f"The same again: the same options with --seed {chosen}; it stops at that step.")
        raise typer.Exit(1)


def scene(settings: Settings) -> tuple[Rules, Plan]:
    """The rules of this installation, and the usual people with its topics and head starts."""
    form = Form.load(settings.config_dir)
    asked = flows.load_all(settings.config_dir, Catalogue.load(LOCALES), sounds=None)
    topics = tuple(form.intake_topics)
    return rules_of(settings, form), replace(USUAL, topics=topics, risk=asked.voice.risk)


async def rehearsed(plan: Plan, rules: Rules) -> Figures:
    """One run on servers of its own."""
    # What is read in by now stays: no collector has to go through it again and again.
    gc.collect()
    gc.freeze()
    with tempfile.TemporaryDirectory(prefix="h189r-") as folder:
        async with (
            running(Path(folder), fast=True) as servers,
            virtual(servers.database_url, NAME) as db,
        ):
            return await Rehearsal(db, plan, rules).run()


async def compared(rules: Rules, contacts: int, seed: str) -> tuple[list[Compared], list[Shared]]:
    """All loads, for one language and for three."""
    with tempfile.TemporaryDirectory(prefix="h189r-") as folder:
        async with (
            running(Path(folder), fast=True) as servers,
            virtual(servers.database_url, NAME) as db,
        ):
            loads = erlang.LOADS
            one = [await erlang.against_erlang(db, contacts, seed, n, rules) for n in loads]
            three = [await erlang.against_separate(db, contacts, seed, n, rules) for n in loads]
            return one, three


def tell_compared(
    one: Sequence[Compared], three: Sequence[Shared], plot: Path | None = None
) -> None:
    """Both tables as in docs/queueing.md, and the picture."""
    show: Callable[[str], None] = typer.echo
    show("| load | Erlang-C | ideal queue | measured ± standard error | controlled | to Erlang-C |")
    show("|---|---|---|---|---|---|")
    for c in one:
        show(
            f"| {c.load:.0%} | {c.expected_s:.1f} s | {c.ideal_s:.1f} s | "
            f"{c.measured_s:.1f} ± {c.error_s:.1f} s | {c.controlled_s:.1f} s | {c.ratio:.4f} |"
        )
    show("\n| load | three queues, Erlang-C | three queues | one queue | ratio |")
    show("|---|---|---|---|---|")
    for s in three:
        show(
            f"| {s.load:.0%} | {s.expected_s:.0f} s | {s.separate_s:.0f} s | {s.shared_s:.0f} s | "
            f"{s.ratio:.2f} |"
        )
    if plot is not None:
        plot.write_text(svg(one, three), encoding="utf-8")


def _numbers(option: str, words: str) -> list[tuple[Lang, float]]:
    """`ky=5 ru=4`. Raises typer.BadParameter."""
    found: list[tuple[Lang, float]] = []
    for word in words.replace(",", " ").split():
        language, _, number = word.partition("=")
        if not is_lang(language) or not number.replace(".", "", 1).isdigit():
            raise typer.BadParameter(f"{word}: a language and a number, as ky=5", param_hint=option)
        found.append((language, float(number)))
    if not sum(number for _, number in found):
        raise typer.BadParameter("nobody", param_hint=option)
    return found
