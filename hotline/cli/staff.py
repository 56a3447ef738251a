"""`hotline staff`: accounts from the command line, for the first administrator and emergencies."""

import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
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
from hotline.staff.model import MOST_CHATS, Member, NewMember, Work
from hotline.staff.passwords import LEAST
from hotline.staff.service import Staff

T = TypeVar("T")
Languages = Annotated[
    list[str] | None,
    typer.Option(help="ky, ru, uz, en: spoken with callers; uz:help where it is not their own."),
]
Skills = Annotated[
    list[str] | None,
    typer.Option(help="Intake topics taken; danger:expert where they know it best."),
]
MaxChats = Annotated[int | None, typer.Option(min=1, max=MOST_CHATS, help="At a time; 3.")]
Beside = Annotated[
    int | None,
    typer.Option(min=0, max=MOST_CHATS, help="Chats in hand and still offered a call; none."),
]

app = typer.Typer(help="Accounts of staff.", no_args_is_help=True)


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="What the person types to sign in.")],
    name: Annotated[str, typer.Option(help="The name colleagues see.")],
    role: Annotated[list[Role], typer.Option(help="May be given several times.")],
    *,
    language: Languages = None,
    skill: Skills = None,
    max_chats: MaxChats = None,
    call_beside: Beside = None,
    profile: Profile = None,
) -> None:
    """Open an account. The password is asked for, or is the first line of standard input."""
    settings = settings_of(profile)
    change = _Change(language, skill, max_chats, call_beside)
    work = change.of(Work(), run(lambda: intake_topics(settings)))
    new = NewMember(login=login, name=name, password=_password(), roles=frozenset(role), work=work)

    async def main(staff: Staff) -> Member:
        return await staff.add(None, new)

    member = _with_staff(settings, main)
    typer.echo(f"{login} can sign in now ({member.id}).")


@app.command()
def work(
    login: Annotated[str, typer.Argument(help="Whose work changes.")],
    language: Languages = None,
    skill: Skills = None,
    max_chats: MaxChats = None,
    call_beside: Beside = None,
    no_skills: Annotated[bool, typer.Option("--no-skills", help="They take no topic.")] = False,
    profile: Profile = None,
) -> None:
    """Say in which languages, on which topics and how much at once a person works.

    What is given replaces what was there: all languages, all topics. The rest stays. Whoever is
    on shift is offered contacts by it at once.
    """
    settings = settings_of(profile)
    change = _Change(language, [] if no_skills else skill, max_chats, call_beside)
    if change == _Change():
        message = "say what changes: --language, --skill, --no-skills, --max-chats, --call-beside"
        raise typer.BadParameter(message)
    topics = run(lambda: intake_topics(settings))

    async def main(staff: Staff) -> Member:
        member = await _member(staff, login)
        await staff.set_work(None, member.id, change.of(member.work, topics))
        return (await staff.by_ids([member.id]))[member.id]

    typer.echo(_line_of(_with_staff(settings, main)))


@app.command("list")
def list_(profile: Profile = None) -> None:
    """Show all accounts, with languages, topics, and chats at once (+ chats beside a call)."""

    async def main(staff: Staff) -> list[Member]:
        return await staff.members(None)

    for member in _with_staff(settings_of(profile), main):
        typer.echo(_line_of(member))


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


@dataclass(frozen=True, slots=True)
class _Change:
    """What was said of a person's work; None leaves it as it is."""

    language: list[str] | None = None
    skill: list[str] | None = None
    max_chats: int | None = None
    call_beside: int | None = None

    def of(self, work: Work, topics: Sequence[str]) -> Work:
        if self.language is not None:
            spoken, helps = _levels("--language", self.language, LANGS, "help")
            work = replace(
                work, languages=tuple(map(as_lang, spoken)), helps=tuple(map(as_lang, helps))
            )
        if self.skill is not None:
            skills, expert = _levels("--skill", self.skill, topics, "expert")
            work = replace(work, skills=skills, expert=expert)
        if self.max_chats is not None:
            work = replace(work, max_chats=self.max_chats)
        if self.call_beside is not None:
            work = replace(work, call_beside=self.call_beside)
        return work


def _levels(
    option: str, given: Sequence[str], known: Sequence[str], other: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All codes that were given, and those of them at the level named `other`."""
    parts = [one.partition(":") for one in given]
    wrong = [
        "".join(part)
        for part in parts
        if part[0] not in known or part[1:] not in {("", ""), (":", other)}
    ]
    if wrong:
        message = f"{', '.join(wrong)} is not one of {', '.join(known)}, or one with :{other}"
        raise typer.BadParameter(message, param_hint=option)
    levels = {code: level for code, _, level in parts}
    return tuple(levels), tuple(code for code, level in levels.items() if level)


def _line_of(member: Member) -> str:
    """One account, as a line; levels as they are typed."""
    state = "disabled" if member.disabled_at else "active"
    roles = ",".join(sorted(member.roles))
    shown = f"{member.login:20} {state:9} {roles:32} {member.name}"
    if not member.languages:
        return shown
    spoken = [f"{one}:help" if one in member.helps else one for one in member.languages]
    skills = [f"{one}:expert" if one in member.expert else one for one in member.skills]
    chats = f"{member.max_chats}+{member.call_beside}"
    return f"{shown}  {','.join(spoken)}  {','.join(skills) or '-'}  {chats}"


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
