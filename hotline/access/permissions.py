"""Every right that exists, as `area:resource:action`, in alphabetical order."""

from enum import StrEnum


class Permission(StrEnum):
    """A route asks for exactly one of these; roles grant them."""

    AUDIT_LOG_READ = "audit:log:read"
    CALL_LINE_TALK = "call:line:talk"
    CALL_LINE_WATCH = "call:line:watch"
    CALL_RECORDING_PLAY = "call:recording:play"
    CALLBACK_PROMISE_MANAGE = "callback:promise:manage"
    CALLBACK_WINDOW_OVERRIDE = "callback:window:override"
    CASE_ESCALATION_ACK = "case:escalation:ack"
    CASE_ESCALATION_RAISE = "case:escalation:raise"
    CASE_RECORD_READ = "case:record:read"
    CHAT_MESSAGE_SEND = "chat:message:send"
    CONSOLE_DESK_USE = "console:desk:use"
    CONTACT_LINK_DECIDE = "contact:link:decide"
    CONTACT_LOG_READ = "contact:log:read"
    CONTACT_OWN_READ = "contact:own:read"
    CONTACT_RECORD_READ = "contact:record:read"
    CONTACT_RECORD_WRITE = "contact:record:write"
    CONTACT_SAFETY_EDIT = "contact:safety:edit"
    CONTACT_SAFETY_READ = "contact:safety:read"
    JOB_DEAD_MANAGE = "job:dead:manage"
    JOB_DEAD_READ = "job:dead:read"
    LINE_SETTINGS_MANAGE = "line:settings:manage"
    MESSAGE_SOUND_PLAY = "message:sound:play"
    OFFER_OWN_ANSWER = "offer:own:answer"
    SHIFT_OWN_MANAGE = "shift:own:manage"
    STAFF_ACCOUNT_MANAGE = "staff:account:manage"
    STAFF_SELF_EDIT = "staff:self:edit"
