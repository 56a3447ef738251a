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

    `phone_mode` is the telephone their account proposes.
    """

    staff_id: StaffId
    name: str
    roles: frozenset[Role]
    lang: Lang = "ru"
    languages: tuple[Lang, ...] = ()
    skills: tuple[str, ...] = ()
    max_chats: int = 3
    phone_mode: str = "browser"

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What the roles add up to."""
        return granted(self.roles)
