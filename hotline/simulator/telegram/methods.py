"""The Bot API's methods, each with the refusals that Telegram documents or is known for."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from hotline.simulator.telegram import keyboards
from hotline.simulator.telegram.chats import Chat, ChatMessage
from hotline.simulator.telegram.courier import Webhook
from hotline.simulator.telegram.errors import BotError, bad
from hotline.simulator.telegram.formatting import formatted, units
from hotline.simulator.telegram.params import Json, Params
from hotline.simulator.telegram.platform import Platform

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_MAX_TEXT = 4096
_MAX_IDS = 100
_MAX_FILE = 20 * 1024 * 1024
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
Method = Callable[[Params], Awaitable[object]]


class Methods:
    """``table`` maps the lower-case name to the method."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._courier = platform.courier
        self.table: dict[str, Method] = {
            "getme": self.get_me,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "getwebhookinfo": self.get_webhook_info,
            "getupdates": self.get_updates,
            "sendmessage": self.send_message,
            "answercallbackquery": self.answer_callback_query,
            "editmessagetext": self.edit_message_text,
            "editmessagereplymarkup": self.edit_message_reply_markup,
            "deletemessage": self.delete_message,
            "deletemessages": self.delete_messages,
            "sendchataction": self.send_chat_action,
            "getfile": self.get_file,
            "setmycommands": self.set_my_commands,
            "getmycommands": self.get_my_commands,
        }

    async def get_me(self, _params: Params) -> Json:
        """Describe the bot."""
        return self._platform.bot_json() | {
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    async def set_webhook(self, params: Params) -> bool:
        """Set the webhook; plain http is accepted on loopback only."""
        url, secret = params.text("url"), params.text("secret_token")
        parts = urlsplit(url)
        if url and parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not _SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        if params.flag("drop_pending_updates"):
            self._courier.drop_pending()
        self._courier.set_webhook(
            Webhook(
                url=url,
                secret=secret,
                max_connections=min(100, max(1, params.whole("max_connections", default=40))),
                allowed=self._allowed(params),
            )
        )
        return True

    async def delete_webhook(self, params: Params) -> bool:
        """Go back to polling."""
        if params.flag("drop_pending_updates"):
            self._courier.drop_pending()
        self._courier.set_webhook(Webhook(allowed=self._courier.webhook.allowed))
        return True

    async def get_webhook_info(self, _params: Params) -> Json:
        """Show the webhook and its last trouble."""
        webhook = self._courier.webhook
        answer: Json = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._courier.pending),
        }
        if webhook.url:
            answer["max_connections"] = webhook.max_connections
            answer["ip_address"] = "127.0.0.1"
        if webhook.allowed is not None:
            answer["allowed_updates"] = sorted(webhook.allowed)
        if webhook.last_error_at is not None:
            answer["last_error_date"] = int(webhook.last_error_at.timestamp())
            answer["last_error_message"] = webhook.last_error
        return answer

    async def get_updates(self, params: Params) -> list[Json]:
        """Poll."""
        if self._courier.webhook.url:
            raise BotError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use "
                "deleteWebhook to delete the webhook first",
            )
        if "allowed_updates" in params:
            self._courier.webhook.allowed = self._allowed(params)
        return await self._courier.poll(
            offset=params.whole("offset"),
            limit=min(100, max(1, params.whole("limit", default=100))),
            timeout_s=max(0, params.whole("timeout")),
        )

    async def send_message(self, params: Params) -> Json:
        """Write to a person."""
        chat = self._platform.writable(params.whole("chat_id"))
        content = self._text(params)
        markup = keyboards.checked(params.record("reply_markup"))
        if markup is not None and "inline_keyboard" in markup:
            content["reply_markup"] = markup
        elif markup is not None:
            self._platform.journal.write("telegram.keyboard", chat=chat.user_id, markup=markup)
        if params.flag("protect_content"):
            content["has_protected_content"] = True
        message = self._platform.from_bot(chat, content)
        return self._show(chat, message)

    async def answer_callback_query(self, params: Params) -> bool:
        """Stop a button's spinning."""
        self._platform.answer_query(params.text("callback_query_id"), params.text("text"))
        return True

    async def edit_message_text(self, params: Params) -> Json:
        """Change the text of a message of the bot."""
        chat, message = self._own(params)
        content = self._text(params)
        markup = keyboards.checked(params.record("reply_markup"))
        if markup is not None:
            content["reply_markup"] = markup
        self._changed(message, content)
        self._platform.edit(chat, message, content)
        return self._show(chat, message)

    async def edit_message_reply_markup(self, params: Params) -> Json:
        """Change or remove the keyboard of a message of the bot."""
        chat, message = self._own(params)
        content = {key: one for key, one in message.content.items() if key != "reply_markup"}
        markup = keyboards.checked(params.record("reply_markup"))
        if markup is not None and keyboards.buttons(markup):
            content["reply_markup"] = markup
        self._changed(message, content)
        self._platform.edit(chat, message, content)
        return self._show(chat, message)

    async def delete_message(self, params: Params) -> bool:
        """Delete one message."""
        chat = self._platform.writable(params.whole("chat_id"))
        if not self._platform.delete(chat, params.whole("message_id")):
            raise bad("message to delete not found")
        return True

    async def delete_messages(self, params: Params) -> bool:
        """Delete up to 100 messages; those that are gone are passed over."""
        chat = self._platform.writable(params.whole("chat_id"))
        ids = params.items("message_ids") or []
        if not 1 <= len(ids) <= _MAX_IDS:
            raise bad("there must be from 1 to 100 message identifiers")
        for one in ids:
            self._platform.delete(chat, int(str(one)))
        return True

    async def send_chat_action(self, params: Params) -> bool:
        """Show that the bot is typing."""
        chat = self._platform.writable(params.whole("chat_id"))
        self._platform.journal.write(
            "telegram.action", chat=chat.user_id, action=params.text("action")
        )
        return True

    async def get_file(self, params: Params) -> Json:
        """Tell where a file can be fetched; up to 20 MB."""
        file_id = params.text("file_id")
        if file_id not in self._platform.files:
            raise bad("invalid file_id")
        path, body = self._platform.files[file_id]
        if len(body) > _MAX_FILE:
            raise bad("file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": file_id.removeprefix("AgACAgI"),
            "file_size": len(body),
            "file_path": path,
        }

    async def set_my_commands(self, params: Params) -> bool:
        """Set the menu of commands."""
        self._platform.commands = params.items("commands") or []
        return True

    async def get_my_commands(self, _params: Params) -> list[object]:
        """Show the menu of commands."""
        return self._platform.commands

    def _text(self, params: Params) -> Json:
        text, entities = formatted(params)
        if not text.strip():
            raise bad("message text is empty")
        if units(text) > _MAX_TEXT:
            raise bad("message is too long")
        content: Json = {"text": text}
        if entities:
            content["entities"] = entities
        return content

    def _own(self, params: Params) -> tuple[Chat, ChatMessage]:
        chat = self._platform.writable(params.whole("chat_id"))
        message = chat.messages.get(params.whole("message_id"))
        if message is None:
            raise bad("message to edit not found")
        if not message.from_bot:
            raise bad("message can't be edited")
        return chat, message

    def _show(self, chat: Chat, message: ChatMessage) -> Json:
        return chat.message_json(message, self._platform.bot_json())

    @staticmethod
    def _changed(message: ChatMessage, content: Json) -> None:
        parts = ("text", "entities", "reply_markup")
        if all(message.content.get(part) == content.get(part) for part in parts):
            raise bad(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )

    @staticmethod
    def _allowed(params: Params) -> frozenset[str] | None:
        kinds = params.items("allowed_updates")
        return frozenset(str(kind) for kind in kinds) if kinds else None
