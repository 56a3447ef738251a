"""Who may do what, written out by hand: the program's own table must say the same."""

from itertools import combinations

import pytest

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import allow, own_or, require
from hotline.access.roles import Role
from hotline.kernel.errors import Forbidden, NotFound
from hotline.kernel.ids import StaffId, new_id

# Columns: operator, senior, supervisor, administrator, auditor.
MATRIX = {
    "audit:log:read": "....x",
    "call:line:talk": "xxx..",
    "call:line:watch": "..x..",
    "call:recording:play": "..x..",
    "callback:promise:decide": "..x..",
    "callback:promise:manage": "xxx..",
    "callback:window:override": "..x..",
    "case:escalation:ack": ".xx..",
    "case:escalation:raise": "xxx..",
    "case:record:read": ".xx..",
    "chat:content:erase": "xxx..",
    "chat:message:send": "xxx..",
    "console:desk:use": "xxxxx",
    "contact:link:decide": "xxx..",
    "contact:log:read": "..x..",
    "contact:own:read": "xxx..",
    "contact:record:read": "..x..",
    "contact:record:write": "xxx..",
    "contact:safety:edit": "xxx..",
    "contact:safety:read": "xxx..",
    "forecast:load:read": "..x..",
    "job:dead:manage": "..xx.",
    "job:dead:read": "..xx.",
    "knowledge:article:read": "xxx..",
    "line:settings:manage": "..xx.",
    "message:sound:play": "xxx..",
    "offer:own:answer": "xxx..",
    "queue:contact:assign": "..x..",
    "queue:contact:pick": ".xx..",
    "roster:own:manage": "xxx..",
    "roster:plan:manage": "..x..",
    "shift:own:manage": "xxx..",
    "staff:account:manage": "...x.",
    "staff:self:edit": "xxxxx",
}
COLUMNS = ["operator", "senior", "supervisor", "administrator", "auditor"]


def expected(permission: str, roles: frozenset[Role]) -> bool:
    return any(MATRIX[permission][COLUMNS.index(role.value)] == "x" for role in roles)


def a_person(*roles: Role) -> Actor:
    return Actor(staff_id=StaffId(new_id()), name="somebody", roles=frozenset(roles))


def test_the_table_covers_every_right_and_every_role() -> None:
    assert sorted(MATRIX) == sorted(permission.value for permission in Permission)
    assert sorted(COLUMNS) == sorted(role.value for role in Role)


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_grants_exactly_its_column(role: Role, permission: Permission) -> None:
    assert allow(a_person(role), permission) == expected(permission, frozenset({role}))


@pytest.mark.parametrize(("one", "two"), list(combinations(Role, 2)))
def test_two_roles_together_add_up_and_no_more(one: Role, two: Role) -> None:
    both = a_person(one, two)

    granted = {permission for permission in Permission if allow(both, permission)}

    assert granted == {p for p in Permission if expected(p.value, both.roles)}


@pytest.mark.parametrize("permission", list(Permission))
def test_mallory_the_outsider_gets_nothing(permission: Permission) -> None:
    mallory = a_person()

    with pytest.raises(Forbidden):
        require(mallory, permission)


def test_refused_looks_like_missing() -> None:
    with pytest.raises(NotFound) as refused:
        require(a_person(), Permission.CASE_RECORD_READ)

    assert (refused.value.status, refused.value.code) == (404, "not-found")


def test_an_owner_gets_in_without_the_wider_right_and_a_neighbour_does_not() -> None:
    ana, boris = a_person(Role.OPERATOR), a_person(Role.OPERATOR)

    own_or(ana, ana.staff_id, Permission.CONTACT_RECORD_READ)
    with pytest.raises(NotFound):
        own_or(boris, ana.staff_id, Permission.CONTACT_RECORD_READ)
    own_or(a_person(Role.SUPERVISOR), ana.staff_id, Permission.CONTACT_RECORD_READ)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_runs_or_audits_the_service_sees_no_content(role: Role) -> None:
    content = [
        p
        for p in Permission
        if p.value.split(":")[0] in {"contact", "case", "chat", "call", "message"}
    ]

    assert not any(allow(a_person(role), permission) for permission in content)
