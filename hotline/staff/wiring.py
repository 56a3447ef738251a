"""What the staff room takes and offers."""

from functools import partial

from hotline.access.permissions import Permission
from hotline.audit.service import Audit
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.house import Room
from hotline.infra.web.routes import Public, Route
from hotline.kernel.clock import Clock
from hotline.staff.directory import Directory
from hotline.staff.jobs import sweep_forever
from hotline.staff.model import SessionRules
from hotline.staff.passwords import Passwords, cost_for
from hotline.staff.phones import Phones
from hotline.staff.ports import NoSecondFactor
from hotline.staff.service import Staff
from hotline.staff.sessions import Sessions
from hotline.staff.views import StaffViews


def build(
    db: Database, vault: Vault, audit: Audit, *, clock: Clock, profile: str, rules: SessionRules
) -> Staff:
    """The service; `close` it at the end. `profile` decides how dear a password guess is."""
    return Staff(
        db,
        vault,
        audit,
        passwords=Passwords(vault.pepper, cost_for(profile)),
        sessions=Sessions(db, Directory(db, vault), clock, rules),
        factor=NoSecondFactor(),
    )


def room(staff: Staff, phones: Phones) -> Room:
    """Routes and loops."""
    views = StaffViews(staff, phones)
    open_page = Public("nobody is signed in before signing in", form=True)
    return Room(
        name="staff",
        console=[
            Route("GET", "/login", views.login_page, open_page),
            Route("POST", "/login", views.login, open_page),
            Route("POST", "/logout", views.logout, Permission.CONSOLE_DESK_USE),
            Route("POST", "/api/session/extend", views.extend, Permission.CONSOLE_DESK_USE),
            Route("PATCH", "/api/me", views.edit_self, Permission.STAFF_SELF_EDIT),
            Route("POST", "/api/me/password", views.change_password, Permission.STAFF_SELF_EDIT),
            Route("GET", "/api/me/phone", views.own_phone, Permission.STAFF_SELF_EDIT),
            Route("POST", "/api/me/phone", views.choose_phone, Permission.STAFF_SELF_EDIT),
            Route("GET", "/api/staff", views.members, Permission.STAFF_ACCOUNT_MANAGE),
        ],
        loops={"staff.sweep": partial(sweep_forever, staff)},
    )
