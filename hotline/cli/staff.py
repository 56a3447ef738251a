"""`hotline staff`: accounts from the command line, for the first administrator and emergencies."""

import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, TypeVar

import typer

from hotline.access.roles import Role
from hotline.app.core import intake_topics, phones_of, staff_of
from hotline.carrier import capabilities
from hotline.cli.shared import Profile, ground, settings_of
from hotline.infra.web.server import run
from hotline.kernel.languages import LANGS, as_lang
from hotline.kernel.secret import Secret
from hotline.settings import Settings
from hotline.staff.model import Member, NewMember, Work
from hotline.staff.passwords import LEAST
from hotline.staff.service import Staff

T = TypeVar("T")

app = typer.Typer(help="Accounts of staff.", no_args_is_help=True)


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="What the person types to sign in.")],
    name: Annotated[str, typer.Option(help="The name colleagues see.")],
    role: Annotated[list[Role], typer.Option(help="May be given several times.")],
    language: Annotated[
        list[str] | None, typer.Option(help="ky, ru, uz, en: languages spoken with callers.")
    ] = None,
    skill: Annotated[list[str] | None, typer.Option(help="Intake topics taken.")] = None,
    max_chats: Annotated[int, typer.Option(min=1, max=20)] = 3,
    profile: Profile = None,
) -> None:
    """Open an account. The password is asked for, or is the first line of standard input."""
    settings = settings_of(profile)
    topics = run(lambda: intake_topics(settings))
    _refuse_unknown("--language", language, LANGS)
    _refuse_unknown("--skill", skill, topics)
    work = Work(
        languages=tuple(as_lang(one) for one in language or ()),
        skills=tuple(skill or ()),
        max_chats=max_chats,
    )
    new = NewMember(login=login, name=name, password=_password(), roles=frozenset(role), work=work)

    async def main(staff: Staff) -> Member:
        return await staff.add(None, new)

    member = _with_staff(settings, main)
    typer.echo(f"{login} can sign in now ({member.id}).")


@app.command("list")
def list_(profile: Profile = None) -> None:
    """Show all accounts."""

    async def main(staff: Staff) -> list[Member]:
        return await staff.members(None)

    for member in _with_staff(settings_of(profile), main):
        state = "disabled" if member.disabled_at else "active"
        roles = ",".join(sorted(member.roles))
        typer.echo(f"{member.login:20} {state:9} {roles:32} {member.name}")


@app.command()
def disable(
    login: Annotated[str, typer.Argument(help="Whose account to close.")], profile: Profile = None
) -> None:
    """Close an account and end its sessions at once. Nothing is deleted."""

    async def main(staff: Staff) -> None:
        await staff.disable(None, (await _member(staff, login)).id)

    _with_staff(settings_of(profile), main)
    typer.echo(f"{login} cannot sign in any more.")


@app.command()
def phone(
    login: Annotated[str, typer.Argument(help="Whose telephone it is.")], profile: Profile = None
) -> None:
    """Say where a person is rung who works on a telephone of their own.

    The number or sip: address is asked for, or is the first line of standard input; empty forgets.
    """
    settings = settings_of(profile)
    typed = _line("Number or sip: address (empty: none)", default="")

    async def main() -> str | None:
        async with ground(settings) as base:
            staff = staff_of(base)
            try:
                member = await _member(staff, login)
            finally:
                staff.close()
            phones = phones_of(base, capabilities.of(settings.carrier.dialect))
            return await phones.assign(None, member.id, typed)

    masked = run(main)
    typer.echo(f"{login} is rung at {masked}." if masked else f"{login} has no telephone now.")


async def _member(staff: Staff, login: str) -> Member:
    found = [m for m in await staff.members(None) if m.login == login.strip().lower()]
    if not found:
        message = f"there is no account {login!r}; see: hotline staff list"
        raise typer.BadParameter(message)
    return found[0]


def _refuse_unknown(option: str, given: list[str] | None, known: Sequence[str]) -> None:
    unknown = [one for one in given or () if one not in known]
    if unknown:
        message = f"{option}: {', '.join(unknown)} is not one of {', '.join(known)}"
        raise typer.BadParameter(message)


def _password() -> Secret:
    """Never an option: what stands in a command line is shown to everybody on the machine."""
    return Secret(_line(f"Password ({LEAST} characters or more)", secret=True))


def _line(prompt: str, *, default: str | None = None, secret: bool = False) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = typer.prompt(
        prompt, default, hide_input=secret, confirmation_prompt=secret, show_default=False
    )
    return typed


def _with_staff(settings: Settings, work: Callable[[Staff], Awaitable[T]]) -> T:
    async def main() -> T:
        async with ground(settings) as base:
            staff = staff_of(base)
            try:
                return await work(staff)
            finally:
                staff.close()

    return run(main)
