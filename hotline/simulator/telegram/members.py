"""What the bot is in a chat, as ChatMember and as the update that tells of a change."""

from __future__ import annotations

from hotline.simulator.telegram.chats import Chat, ChatType
from hotline.simulator.telegram.params import Json

_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


def member(status: str, bot: Json, chat: Chat) -> Json:
    """Return the bot as a ChatMember of this status."""
    told: Json = {"status": status, "user": bot}
    if status == "kicked":
        return told | {"until_date": 0}
    if status == "administrator":
        channel = chat.type is ChatType.CHANNEL
        more = ("can_post_messages", "can_edit_messages") if channel else ("can_pin_messages",)
        rights: Json = dict.fromkeys((*_RIGHTS, *more), True)
        return told | {"can_be_edited": False, "is_anonymous": False} | rights
    return told


def change(chat: Chat, who: Json, when: int, *, states: tuple[Json, Json]) -> Json:
    """Return a ChatMemberUpdated."""
    return {
        "chat": chat.chat_json(),
        "from": who,
        "date": when,
        "old_chat_member": states[0],
        "new_chat_member": states[1],
    }
