"""`hotline staff`: accounts from the command line, for the first administrator and emergencies."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from hotline.access.roles import Role
from hotline.app.core import staff_of
from hotline.cli.shared import Profile, ground, settings_of
from hotline.infra.web.server import run
from hotline.kernel.errors import NotFound
from hotline.kernel.languages import as_lang, is_lang
from hotline.kernel.secret import Secret
from hotline.settings import Settings
from hotline.staff.model import Member, NewMember, Work
from hotline.staff.service import Staff

T = TypeVar("T")

app = typer.Typer(help="Accounts of staff.", no_args_is_help=True)


@app.command()
def add(  # noqa: PLR0917 - options, one parameter each
    login: Annotated[str, typer.Argument(help="What the person types to sign in.")],
    name: Annotated[str, typer.Option(help="The name colleagues see.")],
    role: Annotated[list[Role], typer.Option(help="May be given several times.")],
    language: Annotated[
        list[str] | None, typer.Option(help="ky, ru, uz, en: languages spoken with callers.")
    ] = None,
    skill: Annotated[list[str] | None, typer.Option(help="Intake topics taken.")] = None,
    max_chats: Annotated[int, typer.Option(min=1, max=20)] = 3,
    password: Annotated[
        str,
        typer.Option(
            prompt="Password (15 characters or more)", confirmation_prompt=True, hide_input=True
        ),
    ] = "",
    profile: Profile = None,
) -> None:
    """Open an account. The password is asked for, or read from standard input."""
    unknown = [one for one in language or () if not is_lang(one)]
    if unknown:
        message = f"--language: {', '.join(unknown)} is not one of ky, ru, uz, en"
        raise typer.BadParameter(message)
    work = Work(
        languages=tuple(as_lang(one) for one in language or ()),
        skills=tuple(skill or ()),
        max_chats=max_chats,
    )
    new = NewMember(
        login=login, name=name, password=Secret(password), roles=frozenset(role), work=work
    )

    async def main(staff: Staff) -> Member:
        return await staff.add(None, new)

    member = _with_staff(settings_of(profile), main)
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
        found = [m for m in await staff.members(None) if m.login == login.strip().lower()]
        if not found:
            code = f"there is no account {login!r}; see: hotline staff list"
            raise NotFound(code)
        await staff.disable(None, found[0].id)

    _with_staff(settings_of(profile), main)
    typer.echo(f"{login} cannot sign in any more.")


def _with_staff(settings: Settings, work: Callable[[Staff], Awaitable[T]]) -> T:
    async def main() -> T:
        async with ground(settings) as base:
            staff = staff_of(base)
            try:
                return await work(staff)
            finally:
                staff.close()

    return run(main)
