"""The people of the demo and of the tests: nobody real, and never in a real installation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hotline.access.roles import Role
from hotline.kernel.errors import Conflict, HotlineError
from hotline.kernel.languages import Lang
from hotline.kernel.secret import Secret
from hotline.staff.model import NewMember, Work
from hotline.staff.service import Staff

PROFILES: Final = frozenset({"demo", "test"})


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A way in that may be shown, because it leads nowhere real."""

    login: str
    name: str
    password: str
    roles: tuple[Role, ...]
    languages: tuple[Lang, ...] = ()
    lang: Lang = "ru"
    helps: tuple[Lang, ...] = ()
    expert: tuple[str, ...] = ()


CAST: Final[tuple[DemoLogin, ...]] = (
    DemoLogin(
        "ana",
        "Ana",
        "kettle-violet-27-river",
        (Role.OPERATOR,),
        ("ky", "ru"),
        "ky",
        expert=("missing",),
    ),
    DemoLogin("boris", "Boris", "lantern-pebble-64-frog", (Role.OPERATOR,), ("ru", "en", "uz")),
    DemoLogin(
        "vera",
        "Vera",
        "saffron-window-35-moth",
        (Role.SUPERVISOR, Role.OPERATOR),
        ("ky", "ru", "uz", "en"),
        helps=("uz", "en"),
        expert=("missing", "documents"),
    ),
    DemoLogin("igor", "Igor", "granite-teapot-91-swan", (Role.ADMINISTRATOR,)),
    DemoLogin("aida", "Aida", "copper-meadow-48-owl", (Role.AUDITOR,)),
)


async def seed(staff: Staff, *, profile: str, topics: Sequence[str]) -> tuple[DemoLogin, ...]:
    """Open the accounts that are not there yet; who takes contacts takes all `topics`.

    Raises `HotlineError("demo-only")` in a profile with real accounts.
    """
    if profile not in PROFILES:
        raise HotlineError("demo-only")
    for one in CAST:
        work = Work(
            languages=one.languages,
            skills=tuple(topics) if one.languages else (),
            helps=one.helps,
            expert=tuple(topic for topic in one.expert if topic in topics),
        )
        new = NewMember(
            login=one.login,
            name=one.name,
            password=Secret(one.password),
            roles=frozenset(one.roles),
            work=work,
            lang=one.lang,
        )
        try:
            await staff.add(None, new)
        except Conflict:
            continue
    return CAST
