"""The methods that send: texts, files by upload or by id, and albums."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeGuard

from hotline.simulator.telegram import keyboards, media
from hotline.simulator.telegram.chats import Chat, ChatMessage
from hotline.simulator.telegram.errors import bad
from hotline.simulator.telegram.files import Kind
from hotline.simulator.telegram.formatting import captioned, worded
from hotline.simulator.telegram.looks import opus_seconds, picture_size
from hotline.simulator.telegram.params import Json, Params, Upload
from hotline.simulator.telegram.platform import Platform

Method = Callable[[Params], Awaitable[object]]

_MOST = 10
_LARGEST_PHOTO = 10 * 1024 * 1024
_SIDES = 10_000
_RATIO = 20
_ALONE = (Kind.DOCUMENT, Kind.AUDIO)
_GROUPED = (Kind.PHOTO, Kind.VIDEO, *_ALONE)
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip


class Sending:
    """``table`` maps the lower-case name to the method."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.table: dict[str, Method] = {
            "sendmessage": self.send_message,
            "sendmediagroup": self.send_media_group,
            "sendchataction": self.send_chat_action,
        }
        for kind in Kind:
            name = f"send{kind.value.replace('_', '')}"
            self.table[name] = partial(self.send_file, kind)

    async def send_message(self, params: Params) -> Json:
        """Write to a person."""
        chat = self._platform.writable(params.chat_id())
        return self._send(chat, worded(params), params)

    async def send_file(self, kind: Kind, params: Params) -> Json:
        """Send one file, with a caption where its kind has one."""
        chat = self._platform.writable(params.chat_id())
        words = {} if kind in {Kind.STICKER, Kind.VIDEO_NOTE} else captioned(params)
        held = self._file(kind, params.text(kind.value), params, field=kind.value)
        return self._send(chat, held | words, params)

    async def send_media_group(self, params: Params) -> list[Json]:
        """Send two to ten files as one album; documents and music only among themselves."""
        chat = self._platform.writable(params.chat_id())
        items = [Params(one, params.files) for one in params.items("media") or [] if _is(one)]
        kinds = [_kind_of(one) for one in items]
        if not items:
            raise bad("there are no messages to send")
        if len(items) > _MOST:
            raise bad("too many messages to send as an album")
        for kind in _ALONE:
            if kind in kinds and set(kinds) != {kind}:
                raise bad(f"{kind.value} can't be mixed with other media types")
        contents = [
            self._file(kind, one.text("media"), one, field="media") | captioned(one)
            for kind, one in zip(kinds, items, strict=True)
        ]
        self._platform.limits.spend(chat.chat_id, len(items))
        album: Json = {"media_group_id": self._platform.new_album()} if len(items) > 1 else {}
        return [self._send(chat, one | album, params, counted=False) for one in contents]

    async def send_chat_action(self, params: Params) -> bool:
        """Show that the bot is typing, for five seconds or until it writes."""
        chat = self._platform.writable(params.chat_id())
        if params.text("action") not in _ACTIONS:
            raise bad("wrong parameter action in request")
        self._platform.journal.write(
            "telegram.action", chat=chat.chat_id, action=params.text("action")
        )
        return True

    def _send(self, chat: Chat, content: Json, params: Params, *, counted: bool = True) -> Json:
        markup = keyboards.checked(params.record("reply_markup"))
        if markup is not None and "inline_keyboard" in markup:
            content["reply_markup"] = markup
        if params.flag("protect_content"):
            content["has_protected_content"] = True
        answered = _answered(chat, params)
        if counted:
            self._platform.limits.spend(chat.chat_id)
        if markup is not None and "inline_keyboard" not in markup:
            self._platform.journal.write("telegram.keyboard", chat=chat.chat_id, markup=markup)
        silent = params.flag("disable_notification")
        message = self._platform.from_bot(chat, content, reply_to=answered, silent=silent)
        return self._show(chat, message)

    def _file(self, kind: Kind, given: str, params: Params, *, field: str) -> Json:
        """Return the content for a file that is attached, or known by its id."""
        name = given.removeprefix("attach://") if given.startswith("attach://") else field
        upload = params.files.get(name)
        if upload is not None and (given.startswith("attach://") or not given):
            return self._taken(kind, upload, params)
        if given.startswith(("http://", "https://")):
            raise bad("failed to get HTTP URL content")
        if not given:
            raise bad(f"there is no {kind.value.replace('_', ' ')} in the request")
        kept = self._platform.files.find(given)
        if kept is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if kept.kind is not kind:
            raise bad("type of file mismatch")
        return dict(kept.content)

    def _taken(self, kind: Kind, upload: Upload, params: Params) -> Json:
        """Take an upload as Telegram would: what is no voice message becomes a document."""
        if not upload.body:
            raise bad("file must be non-empty")
        if kind is Kind.PHOTO:
            _check_photo(upload)
        if kind is Kind.VOICE and opus_seconds(upload.body) is None:
            kind = Kind.DOCUMENT
        sent = Upload(
            upload.body,
            upload.name,
            upload.mime,
            seconds=params.whole("duration"),
            width=params.whole("length") or params.whole("width"),
            height=params.whole("height"),
        )
        return media.content(self._platform.files, kind, sent)

    def _show(self, chat: Chat, message: ChatMessage) -> Json:
        return chat.message_json(message, self._platform.bot_json())


def _answered(chat: Chat, params: Params) -> int | None:
    """Return the message that is answered; the older parameters still work."""
    found = params.record("reply_parameters")
    wish = params if found is None else Params(found, {})
    number = wish.whole("message_id" if found is not None else "reply_to_message_id")
    if not number or number in chat.messages:
        return number or None
    if wish.flag("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def _check_photo(upload: Upload) -> None:
    size = picture_size(upload.body)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    if len(upload.body) > _LARGEST_PHOTO:
        raise bad("file is too big")
    if sum(size) > _SIDES or max(size) > _RATIO * min(size):
        raise bad("PHOTO_INVALID_DIMENSIONS")


def _kind_of(item: Params) -> Kind:
    for kind in _GROUPED:
        if item.text("type") == kind.value:
            return kind
    raise bad("can't parse InputMedia: type of InputMedia is unsupported")


def _is(item: object) -> TypeGuard[Json]:
    if not isinstance(item, dict):
        raise bad("can't parse InputMedia: expected an Object")
    return True
