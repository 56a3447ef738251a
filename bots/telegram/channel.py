"""Chat's way out to Telegram."""

import contextlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bots.telegram import render
from bots.telegram.files import TelegramFiles
from bots.telegram.updates import CHANNEL
from bots.telegram.wire import in_words_of_chat
from hotline.chat.ports import Button, Enclosed, Erases, Outbound, OutcomeUnknown, Pace, Sent

PACE: Final = Pace(per_chat_s=1.0, per_second=30.0)
# On both sides, also what the person wrote; older messages only they can delete.
ERASES: Final = Erases(at_once=100, within=timedelta(hours=48))
# An answer of another shape than promised: the message may well be there.
_ODD: Final = (KeyError, TypeError, ValueError, AttributeError)
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_SAME_ALREADY: Final = "message is not modified"


class TelegramChannel:
    """Implements chat's Channel. The Bot API has no way of looking a message up."""

    name = CHANNEL
    can_lookup = False
    erases = ERASES

    def __init__(self, bot: Bot, pace: Pace = PACE) -> None:
        self._bot = bot
        self.pace = pace
        self.files = TelegramFiles(bot)

    def parts(self, text: str, buttons: tuple[Button, ...]) -> tuple[str, ...]:
        """As few messages as fit; the keyboard is no part of the text."""
        del buttons
        return render.pieces(text)

    async def send(self, outbound: Outbound) -> Sent:
        """Plain text, not to be forwarded or previewed: other eyes may see this phone."""
        try:
            if outbound.file is not None:
                message = await self._send_file(outbound, outbound.file)
            else:
                message = await self._bot.send_message(
                    chat_id=int(outbound.address),
                    text=outbound.text,
                    reply_markup=_keyboard(outbound.buttons),
                    protect_content=True,
                    link_preview_options=_NO_PREVIEW,
                    reply_parameters=_answering(outbound.reply_to),
                )
        except TelegramError as error:
            raise in_words_of_chat(error) from None
        except _ODD:
            raise OutcomeUnknown from None
        return Sent(str(message.message_id))

    async def _send_file(self, outbound: Outbound, file: Enclosed) -> Message:
        chat_id, answering = int(outbound.address), _answering(outbound.reply_to)
        if file.kind == "photo":
            return await self._bot.send_photo(
                chat_id,
                photo=file.content,
                filename=file.name,
                protect_content=True,
                reply_parameters=answering,
            )
        # As it is: Telegram would make a film of it, or a song, and show it by itself.
        return await self._bot.send_document(
            chat_id,
            document=file.content,
            filename=file.name,
            disable_content_type_detection=True,
            protect_content=True,
            reply_parameters=answering,
        )

    async def lookup(self, outbound: Outbound, since: datetime) -> Sent | None:
        """Not possible here; never asked."""
        del outbound, since
        return None

    async def acknowledge(self, address: str, token: str, message_id: str | None) -> None:
        """Stop the spinning, then take the used keyboard away; one gone already is fine."""
        try:
            with contextlib.suppress(BadRequest):
                await self._bot.answer_callback_query(token)
            if message_id is not None:
                with contextlib.suppress(BadRequest):
                    await self._bot.edit_message_reply_markup(
                        chat_id=int(address), message_id=int(message_id), reply_markup=None
                    )
        except TelegramError as error:
            raise in_words_of_chat(error) from None
        except _ODD:
            raise OutcomeUnknown from None

    async def erase(self, address: str, provider_ids: Sequence[str]) -> None:
        """Delete them for both sides; Telegram passes over those that are gone."""
        try:
            await self._bot.delete_messages(
                chat_id=int(address), message_ids=[int(one) for one in provider_ids]
            )
        except TelegramError as error:
            raise in_words_of_chat(error) from None
        except _ODD:
            raise OutcomeUnknown from None

    async def typing(self, address: str) -> None:
        """Show for five seconds that somebody writes."""
        try:
            await self._bot.send_chat_action(chat_id=int(address), action=ChatAction.TYPING)
        except TelegramError as error:
            raise in_words_of_chat(error) from None
        except _ODD:
            raise OutcomeUnknown from None

    async def edit(self, address: str, provider_id: str, text: str) -> None:
        """Other words for a message of ours; the same words again are fine."""
        try:
            await self._bot.edit_message_text(
                text,
                chat_id=int(address),
                message_id=int(provider_id),
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if _SAME_ALREADY not in error.message.lower():
                raise in_words_of_chat(error) from None
        except TelegramError as error:
            raise in_words_of_chat(error) from None
        except _ODD:
            raise OutcomeUnknown from None


def _answering(name: str | None) -> ReplyParameters | None:
    """What is answered may have been deleted meanwhile: then it is a message like any other."""
    if name is None or not name.isdigit():
        return None
    return ReplyParameters(int(name), allow_sending_without_reply=True)


def _keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.text, callback_data=button.id) for button in row]
            for row in render.rows(buttons)
        ]
    )
