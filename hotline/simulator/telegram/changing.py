"""The methods that change or delete what stands in a chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from hotline.simulator.telegram import keyboards
from hotline.simulator.telegram.chats import Chat, ChatMessage
from hotline.simulator.telegram.errors import bad
from hotline.simulator.telegram.formatting import captioned, worded
from hotline.simulator.telegram.params import Json, Params
from hotline.simulator.telegram.platform import Platform

Method = Callable[[Params], Awaitable[object]]

_MAX_IDS = 100
_TEXT = ("text", "entities")
_CAPTION = ("caption", "caption_entities")


class Changing:
    """``table`` maps the lower-case name to the method."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.table: dict[str, Method] = {
            "editmessagetext": self.edit_message_text,
            "editmessagecaption": self.edit_message_caption,
            "editmessagereplymarkup": self.edit_message_reply_markup,
            "deletemessage": self.delete_message,
            "deletemessages": self.delete_messages,
        }

    async def edit_message_text(self, params: Params) -> Json:
        """Change the text of a message of the bot; a keyboard that is not named again goes."""
        chat, message = self._own(params)
        if "text" not in message.content:
            raise bad("there is no text in the message to edit")
        return self._change(chat, message, _TEXT, params, words=worded(params))

    async def edit_message_caption(self, params: Params) -> Json:
        """Change or remove the words beside a file."""
        chat, message = self._own(params)
        if "text" in message.content or {"sticker", "video_note"} & message.content.keys():
            raise bad("there is no caption in the message to edit")
        return self._change(chat, message, _CAPTION, params, words=captioned(params))

    async def edit_message_reply_markup(self, params: Params) -> Json:
        """Change or remove the keyboard of a message of the bot."""
        chat, message = self._own(params)
        return self._change(chat, message, (), params, words={})

    async def delete_message(self, params: Params) -> bool:
        """Delete one message."""
        chat = self._platform.writable(params.chat_id())
        if not self._platform.delete(chat, [params.whole("message_id")]):
            raise bad("message to delete not found")
        return True

    async def delete_messages(self, params: Params) -> bool:
        """Delete up to 100 messages; those that are gone are passed over."""
        chat = self._platform.writable(params.chat_id())
        ids = params.items("message_ids") or []
        if not 1 <= len(ids) <= _MAX_IDS:
            raise bad("there must be from 1 to 100 message identifiers")
        self._platform.delete(chat, [int(str(one)) for one in ids])
        return True

    def _own(self, params: Params) -> tuple[Chat, ChatMessage]:
        chat = self._platform.writable(params.chat_id())
        message = chat.messages.get(params.whole("message_id"))
        if message is None:
            raise bad("message to edit not found")
        if not message.from_bot:
            raise bad("message can't be edited")
        return chat, message

    def _change(
        self,
        chat: Chat,
        message: ChatMessage,
        fields: tuple[str, ...],
        params: Params,
        *,
        words: Json,
    ) -> Json:
        gone = {"reply_markup", *fields}
        content = {name: one for name, one in message.content.items() if name not in gone} | words
        markup = keyboards.checked(params.record("reply_markup"))
        if markup is not None and keyboards.buttons(markup):
            content["reply_markup"] = markup
        if content == message.content:
            raise bad(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        self._platform.edit(chat, message, content)
        return chat.message_json(message, self._platform.bot_json())
