"""Files on the simulated Telegram: limits, links that run out, and refusals in its own words."""

import pytest

from hotline.simulator import World
from hotline.simulator.telegram.chats import ChatType
from hotline.simulator.telegram.files import LARGEST
from hotline.simulator.telegram.pictures import picture
from hotline.simulator.telegram.sounds import voice_note
from tests.contracts.simulator.botapi import BotApi

PERSON = 555000001


async def test_a_link_lives_an_hour_and_ends_at_20_mb(
    world: World, bot: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = world.telegram_person(PERSON)
    await person.document(b"x" * LARGEST, "fits.bin")
    await person.document(b"x" * (LARGEST + 1), "large.bin")
    fits, large = [one.message.document for one in await bot.updates() if one.message]
    assert fits is not None
    assert large is not None
    link = await bot.ask("getFile", file_id=fits.file_id)
    assert (await bot.download(link["file_path"]))[0] == 200
    assert await bot.refused("getFile", file_id=large.file_id) == (
        "400 Bad Request: file is too big"
    )
    assert await bot.refused("getFile", file_id="AgAC") == "400 Bad Request: invalid file_id"
    now = world.clock.instant()
    monkeypatch.setattr(world.clock, "instant", lambda: now + 4000)
    assert (await bot.download(link["file_path"]))[0] == 404


async def test_what_is_sent_wrongly_is_refused_as_telegram_does(world: World, bot: BotApi) -> None:
    await world.telegram_person(PERSON).start()
    chat = {"chat_id": PERSON}
    world.telegram.limits.on = False
    voice = await bot.ask("sendVoice", **chat, voice=voice_note(1))
    text = (await bot.ask("sendMessage", **chat, text="x"))["message_id"]
    same = {"message_id": text, "text": "x"}
    two = [{"type": kind, "media": "attach://a"} for kind in ("photo", "document")]
    wrong: list[tuple[str, dict[str, object], str]] = [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendVideoNote", {}, "there is no video note in the request"),
        ("sendPhoto", {"photo": b"no picture"}, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", {"photo": picture(2100, 100)}, "PHOTO_INVALID_DIMENSIONS"),
        ("sendDocument", {"document": b""}, "file must be non-empty"),
        ("sendDocument", {"document": "x"}, "wrong file identifier/HTTP URL specified"),
        ("sendDocument", {"document": "https://a.org/b"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"photo": voice["voice"]["file_id"]}, "type of file mismatch"),
        ("sendDocument", {"document": b"x", "caption": "x" * 1025}, "message caption is too long"),
        ("sendMediaGroup", {"media": []}, "there are no messages to send"),
        ("sendMediaGroup", {"media": two * 6}, "too many messages to send as an album"),
        ("sendMediaGroup", {"media": two}, "document can't be mixed with other media types"),
        ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 9999}},
         "message to be replied not found"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("editMessageCaption", same | {"caption": "y"},
         "there is no caption in the message to edit"),
        ("editMessageText", {"message_id": voice["message_id"], "text": "y"},
         "there is no text in the message to edit"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
    ]  # fmt: skip
    for method, params, sentence in wrong:
        assert await bot.refused(method, **chat, **params) == f"400 Bad Request: {sentence}"
    assert (await bot.refused("sendMessage", text="x")) == "400 Bad Request: chat_id is empty"
    assert (await bot.refused("makeTea")) == "404 Not Found: method not found"
    unanswered = {"message_id": 9999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await bot.ask(
        "sendMessage", **chat, text="x", reply_parameters=unanswered
    )
    assert "document" in await bot.ask("sendVoice", **chat, voice=b"no opus")


async def test_too_many_messages_are_refused_until_time_has_passed(
    world: World, bot: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.telegram_person(PERSON).start()
    now = [world.clock.instant()]
    monkeypatch.setattr(world.clock, "instant", lambda: now[0])
    answers = [await bot.answer("sendMessage", chat_id=PERSON, text="x") for _ in range(21)]
    assert [status for status, _ in answers] == [200] * 20 + [429]
    assert answers[-1][1]["parameters"] == {"retry_after": 1}
    now[0] += 1
    assert (await bot.answer("sendMessage", chat_id=PERSON, text="x"))[0] == 200
    others = [world.telegram_person(PERSON + n) for n in range(1, 32)]
    for other in others:
        await other.start()
    last = [await bot.answer("sendMessage", chat_id=o.user_id, text="x") for o in others]
    assert [status for status, _ in last].count(429) == 2


async def test_a_group_is_left_and_says_what_the_bot_is_there(world: World, bot: BotApi) -> None:
    person = world.telegram_person(PERSON)
    await person.start()
    group, channel = await person.group("Үй"), await person.group("К", ChatType.CHANNEL)
    there = {"chat_id": group.chat.chat_id, "text": "x"}
    sent = await bot.ask("sendMessage", **there)
    own = await bot.ask("sendMessage", chat_id=PERSON, text="x")
    assert own["message_id"] == sent["message_id"] + 1  # one count for people and small groups
    grown = group.become_supergroup()
    status, moved = await bot.answer("sendMessage", **there)
    assert (status, moved["parameters"]) == (400, {"migrate_to_chat_id": grown.chat.chat_id})
    there["chat_id"] = grown.chat.chat_id
    assert (await bot.ask("sendMessage", **there))["message_id"] == 2  # its own count
    await bot.ask("leaveChat", chat_id=grown.chat.chat_id)
    assert await bot.refused("sendMessage", **there) == (
        "403 Forbidden: bot is not a member of the supergroup chat"
    )
    channel.remove_bot()
    assert await bot.refused("sendMessage", chat_id=channel.chat.chat_id, text="x") == (
        "403 Forbidden: bot was kicked from the channel chat"
    )
    last = [one.my_chat_member for one in await bot.updates() if one.my_chat_member][-2]
    assert last.from_user.is_bot
    assert last.new_chat_member.status == "left"
    person.chat.deactivated = True
    assert await bot.refused("sendMessage", chat_id=PERSON, text="x") == (
        "403 Forbidden: user is deactivated"
    )


async def test_one_old_message_keeps_all_from_being_deleted(world: World, bot: BotApi) -> None:
    person = world.telegram_person(PERSON)
    old, young = await person.start(), await person.text("young")
    person.age(old.message_id, hours=49)
    both = [young.message_id, old.message_id]
    assert await bot.refused("deleteMessages", chat_id=PERSON, message_ids=both) == (
        "400 Bad Request: message can't be deleted for everyone"
    )
    assert len(person.messages) == 2
    assert await person.delete(*both) == 2
    assert person.chat.deleted == both
    assert len(await bot.updates()) == 2  # of deletions nobody is told
