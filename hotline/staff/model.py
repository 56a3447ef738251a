"""The words of this room: a member, a session, and the rules both live by."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Self

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.kernel.ids import StaffId
from hotline.kernel.languages import LANGS, Lang
from hotline.kernel.secret import Secret

PhoneMode = Literal["fake", "browser", "own"]
PHONE_MODES: Final[tuple[PhoneMode, ...]] = ("fake", "browser", "own")

# Who holds one of these is signed out sooner: their screen shows more.
PRIVILEGED: Final = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})

# Who is there for contacts; without a language nobody would ever be asked.
ANSWERING: Final = frozenset({Role.OPERATOR, Role.SENIOR})

MOST_CHATS: Final = 20
_NAME_LIMIT: Final = 80
_LOGIN_LIMIT: Final = 64


@dataclass(frozen=True, slots=True)
class Member:
    """One account. A disabled one stays, because records name it.

    `languages` and `skills` are all that the person has, at either level; `helps` and `expert` name
    those that are not at the usual one (see `Work`).
    """

    id: StaffId
    login: str
    name: str
    roles: frozenset[Role]
    languages: tuple[Lang, ...]
    skills: tuple[str, ...]
    max_chats: int
    phone_mode: PhoneMode
    lang: Lang
    created_at: datetime
    disabled_at: datetime | None
    helps: tuple[Lang, ...] = ()
    expert: tuple[str, ...] = ()
    call_beside: int = 0

    @property
    def work(self) -> "Work":
        """How the person works, as it can be changed."""
        return Work(
            self.languages,
            self.skills,
            self.max_chats,
            self.phone_mode,
            self.helps,
            self.expert,
            self.call_beside,
        )

    @property
    def actor(self) -> Actor:
        """The member as services see who is acting."""
        return Actor(
            staff_id=self.id,
            name=self.name,
            roles=self.roles,
            lang=self.lang,
            languages=self.languages,
            skills=self.skills,
            max_chats=self.max_chats,
            phone_mode=self.phone_mode,
            helps=self.helps,
            expert=self.expert,
            call_beside=self.call_beside,
        )


@dataclass(frozen=True, slots=True)
class Work:
    """Which contacts a person may be offered, how many chats at once, on which telephone.

    A language is the person's own unless it is in `helps`, too: then they can help in it. A skill
    is a topic they know, and in `expert`, too, one they know best. A call comes to hands with at
    most `call_beside` chats.
    """

    languages: tuple[Lang, ...] = ()
    skills: tuple[str, ...] = ()
    max_chats: int = 3
    phone_mode: PhoneMode = "browser"
    helps: tuple[Lang, ...] = ()
    expert: tuple[str, ...] = ()
    call_beside: int = 0

    def problems(self) -> dict[str, str]:
        """Field by field, why nobody can work like this."""
        wrong = {}
        if not set(self.languages) <= set(LANGS):
            wrong["languages"] = "unknown"
        if not 1 <= self.max_chats <= MOST_CHATS:
            wrong["max_chats"] = "range"
        if not set(self.helps) <= set(self.languages):
            wrong["helps"] = "unknown"
        if not set(self.expert) <= set(self.skills):
            wrong["expert"] = "unknown"
        if not 0 <= self.call_beside <= max(0, self.max_chats):
            wrong["call_beside"] = "range"
        if self.phone_mode not in PHONE_MODES:
            wrong["phone_mode"] = "unknown"
        return wrong


@dataclass(frozen=True, slots=True)
class NewMember:
    """What an account needs at the beginning."""

    login: str
    name: str
    password: Secret
    roles: frozenset[Role]
    work: Work = Work()
    lang: Lang = "ru"

    def problems(self) -> dict[str, str]:
        """Field by field, why this cannot become an account; the password is judged elsewhere."""
        wrong = self.work.problems()
        if not 0 < len(normal_login(self.login)) <= _LOGIN_LIMIT:
            wrong["login"] = "length"
        if not 0 < len(self.name.strip()) <= _NAME_LIMIT:
            wrong["name"] = "length"
        if not self.roles:
            wrong["roles"] = "empty"
        if self.roles & ANSWERING and not self.work.languages:
            wrong["languages"] = "empty"
        return wrong


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """Signed in; `token` goes into the cookie and is kept nowhere else.

    `browser` is what the browser keeps, so that it is known when somebody signs in again.
    """

    token: Secret
    actor: Actor
    browser: str = ""


@dataclass(frozen=True, slots=True)
class NeedsFactor:
    """The password was right, and a second factor must follow; `ticket` continues."""

    ticket: Secret


@dataclass(frozen=True, slots=True)
class SessionRules:
    """How long a session lives. Idle time counts requests of the person, not the live socket."""

    idle: timedelta = timedelta(minutes=60)
    idle_privileged: timedelta = timedelta(minutes=15)
    absolute: timedelta = timedelta(hours=12)

    @classmethod
    def of(cls, *, idle_min: int, absolute_h: int) -> Self:
        """From the settings; the privileged limit only ever shortens."""
        idle = timedelta(minutes=idle_min)
        return cls(idle, min(idle, cls().idle_privileged), timedelta(hours=absolute_h))


def normal_login(raw: str) -> str:
    """People type their name with capitals and stray spaces; it is one account all the same."""
    return unicodedata.normalize("NFKC", raw).strip().casefold()
