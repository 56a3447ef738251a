"""Roles and what each grants; a person may hold several, and rights add up."""

from enum import StrEnum
from types import MappingProxyType

from hotline.access.permissions import Permission


class Role(StrEnum):
    """Staff roles (design: settled where the references differ)."""

    OPERATOR = "operator"
    SENIOR = "senior"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


_EVERYBODY = frozenset({Permission.CONSOLE_DESK_USE, Permission.STAFF_SELF_EDIT})
_OPERATOR = _EVERYBODY | {
    Permission.CALL_LINE_TALK,
    Permission.CALLBACK_PROMISE_MANAGE,
    Permission.CASE_ESCALATION_RAISE,
    Permission.CHAT_CONTENT_ERASE,
    Permission.CHAT_MESSAGE_SEND,
    Permission.CONTACT_LINK_DECIDE,
    Permission.CONTACT_OWN_READ,
    Permission.CONTACT_RECORD_WRITE,
    Permission.CONTACT_SAFETY_EDIT,
    Permission.CONTACT_SAFETY_READ,
    Permission.KNOWLEDGE_ARTICLE_READ,
    Permission.MESSAGE_SOUND_PLAY,
    Permission.OFFER_OWN_ANSWER,
    Permission.ROSTER_OWN_MANAGE,
    Permission.SHIFT_OWN_MANAGE,
}
_SENIOR = _OPERATOR | {
    Permission.CASE_ESCALATION_ACK,
    Permission.CASE_RECORD_READ,
    Permission.QUEUE_CONTACT_PICK,
}
_SUPERVISOR = _SENIOR | {
    Permission.CALLBACK_PROMISE_DECIDE,
    Permission.CALLBACK_WINDOW_OVERRIDE,
    Permission.CALL_LINE_WATCH,
    Permission.CALL_RECORDING_PLAY,
    Permission.CONTACT_LOG_READ,
    Permission.CONTACT_RECORD_READ,
    Permission.FORECAST_LOAD_READ,
    Permission.JOB_DEAD_READ,
    Permission.JOB_DEAD_MANAGE,
    Permission.LINE_SETTINGS_MANAGE,
    Permission.QUEUE_CONTACT_ASSIGN,
    Permission.ROSTER_PLAN_MANAGE,
}
# Administrators run the service and see no content: accounts, the line and stuck work only.
_ADMINISTRATOR = _EVERYBODY | {
    Permission.STAFF_ACCOUNT_MANAGE,
    Permission.JOB_DEAD_READ,
    Permission.JOB_DEAD_MANAGE,
    Permission.LINE_SETTINGS_MANAGE,
}
_AUDITOR = _EVERYBODY | {Permission.AUDIT_LOG_READ}

GRANTS: MappingProxyType[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.OPERATOR: frozenset(_OPERATOR),
        Role.SENIOR: frozenset(_SENIOR),
        Role.SUPERVISOR: frozenset(_SUPERVISOR),
        Role.ADMINISTRATOR: frozenset(_ADMINISTRATOR),
        Role.AUDITOR: frozenset(_AUDITOR),
    }
)


def granted(roles: frozenset[Role]) -> frozenset[Permission]:
    """All rights of somebody who holds these roles."""
    return frozenset().union(*(GRANTS[role] for role in roles))
