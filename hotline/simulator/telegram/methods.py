"""The Bot API's methods, each with the refusals that Telegram documents or is known for."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from hotline.simulator.telegram.changing import Changing
from hotline.simulator.telegram.chats import ChatType
from hotline.simulator.telegram.courier import Webhook
from hotline.simulator.telegram.errors import BotError, bad
from hotline.simulator.telegram.params import Json, Params
from hotline.simulator.telegram.platform import Platform
from hotline.simulator.telegram.sending import Sending

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
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
            "answercallbackquery": self.answer_callback_query,
            "getfile": self.get_file,
            "getchat": self.get_chat,
            "leavechat": self.leave_chat,
            "setmycommands": self.set_my_commands,
            "getmycommands": self.get_my_commands,
            **Sending(platform).table,
            **Changing(platform).table,
        }

    async def get_me(self, _params: Params) -> Json:
        """Describe the bot."""
        return self._platform.bot_json() | {
            "can_join_groups": True,
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

    async def answer_callback_query(self, params: Params) -> bool:
        """Stop a button's spinning."""
        self._platform.answer_query(
            params.text("callback_query_id"), params.text("text"), alert=params.flag("show_alert")
        )
        return True

    async def get_file(self, params: Params) -> Json:
        """Tell where a file can be fetched for an hour; up to 20 MB."""
        return self._platform.files.link(params.text("file_id"))

    async def get_chat(self, params: Params) -> Json:
        """Describe a chat."""
        chat = self._platform.chats.get(params.chat_id())
        if chat is None:
            raise bad("chat not found")
        gifts = ("unlimited", "limited", "unique")
        return chat.chat_json() | {
            "accent_color_id": abs(chat.chat_id) % 7,
            "max_reaction_count": 11,
            "accepted_gift_types": {f"{one}_gifts": False for one in gifts}
            | {"premium_subscription": False, "gifts_from_channels": False},
        }

    async def leave_chat(self, params: Params) -> bool:
        """Leave a group or channel."""
        chat = self._platform.chats.get(params.chat_id())
        if chat is not None and chat.type is ChatType.PRIVATE:
            raise bad("chat member status can't be changed in private chats")
        chat = self._platform.writable(params.chat_id())
        self._platform.stand(chat, "left", by=None)
        return True

    async def set_my_commands(self, params: Params) -> bool:
        """Set the menu of commands."""
        self._platform.commands = params.items("commands") or []
        return True

    async def get_my_commands(self, _params: Params) -> list[object]:
        """Show the menu of commands."""
        return self._platform.commands

    @staticmethod
    def _allowed(params: Params) -> frozenset[str] | None:
        kinds = params.items("allowed_updates")
        return frozenset(str(kind) for kind in kinds) if kinds else None
