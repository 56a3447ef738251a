"""The one question: may this person?"""

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.kernel.errors import Forbidden


def allow(actor: Actor, permission: Permission) -> bool:
    """Whether the roles of the actor grant the right."""
    return permission in actor.permissions


def require(actor: Actor, permission: Permission) -> None:
    """Raise `Forbidden` (which looks like not found) unless allowed."""
    if not allow(actor, permission):
        raise Forbidden


def own_or(actor: Actor, owner: object, permission: Permission) -> None:
    """Let the owner of a thing in, and whoever holds the wider right; others see not found."""
    if owner != actor.staff_id:
        require(actor, permission)
