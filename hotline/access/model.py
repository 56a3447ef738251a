"""Who is acting, as every service sees it."""

from dataclasses import dataclass
from functools import cached_property

from hotline.access.permissions import Permission
from hotline.access.roles import Role, granted
from hotline.kernel.ids import StaffId
from hotline.kernel.languages import Lang


@dataclass(frozen=True)
class Actor:
    """A signed-in member of staff; `languages` and `skills` say which contacts fit.

    `helps`: the languages of these in which they can help, though they are not their own;
    `expert`: the skills of these that they know best. `call_beside`: how many chats they may have
    in hand and still be offered a call. `phone_mode` is the telephone their account proposes.
    """

    staff_id: StaffId
    name: str
    roles: frozenset[Role]
    lang: Lang = "ru"
    languages: tuple[Lang, ...] = ()
    skills: tuple[str, ...] = ()
    max_chats: int = 3
    phone_mode: str = "browser"
    helps: tuple[Lang, ...] = ()
    expert: tuple[str, ...] = ()
    call_beside: int = 0

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What the roles add up to."""
        return granted(self.roles)
