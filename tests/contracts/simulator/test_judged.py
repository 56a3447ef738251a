"""Every update and every answer of the simulated Bot API, judged by aiogram's models."""

from hotline.simulator import World
from hotline.simulator.telegram.chats import ChatType
from hotline.simulator.telegram.files import Kind
from hotline.simulator.telegram.methods import Methods
from hotline.simulator.telegram.params import Upload
from hotline.simulator.telegram.pictures import picture
from hotline.simulator.telegram.sounds import voice_note
from tests.contracts.simulator.botapi import BotApi

PERSON = 555000001
KEYS = {"inline_keyboard": [[{"text": "Кыргызча", "callback_data": "lang:ky"}]]}
MOVIE = b"\0\0\0\x18ftypmp42"


async def test_every_kind_of_message(world: World, bot: BotApi) -> None:
    person = world.telegram_person(PERSON, language_code="ky")
    person.account.username = "guest_one"
    first = await person.start("ad-7")
    await person.text("/help https://example.org a@b.org @somebody +996555123456")
    await person.text("дагы", reply_to=first.message_id)
    await person.photo(picture(1600, 1200), "Вот паспорт")
    await person.voice(voice_note(4))
    await person.video_note(MOVIE)
    await person.video(MOVIE, "видео")
    await person.audio(b"ID3", "song.mp3")
    await person.document(b"%PDF-1.7", "договор.pdf", "договор")
    await person.file(Kind.ANIMATION, Upload(MOVIE, "dance.mp4"))
    await person.sticker("🙏")
    await person.location(42.87, 74.59)
    await person.contact("+996555123456")
    album = await person.album([(Kind.PHOTO, Upload(picture(90, 60)))] * 3, "альбом")

    messages = [one.message for one in await bot.updates() if one.message]
    assert [one.content_type for one in messages[3:13]] == [
        "photo", "voice", "video_note", "video", "audio", "document", "animation", "sticker",
        "location", "contact",
    ]  # fmt: skip
    assert [(one.width, one.height) for one in messages[3].photo or []] == [
        (90, 68), (320, 240), (800, 600), (1600, 1200),
    ]  # fmt: skip
    assert [one.type for one in messages[1].entities or []] == [
        "bot_command", "url", "email", "mention", "phone_number",
    ]  # fmt: skip
    assert messages[2].reply_to_message is not None
    assert messages[2].reply_to_message.text == "/start ad-7"
    together = [one for one in messages if one.media_group_id]
    assert [one.message_id for one in together] == [one.message_id for one in album]
    assert [one.caption for one in together] == ["альбом", None, None]


async def test_every_kind_of_update(world: World, bot: BotApi) -> None:
    person = world.telegram_person(PERSON)
    first = await person.start()
    photo = await person.photo(picture(90, 90), "Вот паспорт")
    await person.edit(first.message_id, "оңдоо")
    await person.edit(photo.message_id, "Вот виза")
    await bot.ask("sendMessage", chat_id=PERSON, text="Тил?", reply_markup=KEYS)
    await person.press("lang:ky")
    await person.block()
    await person.unblock()
    group = await person.group("Үй-бүлө")
    group.write("/start@hotline189_bot")
    group.write("не для бота")
    grown = group.become_supergroup()
    grown.edit(grown.write("@hotline189_bot кайрылуу"), "@hotline189_bot башка")
    grown.remove_bot()
    channel = await person.group("Жаңылыктар", ChatType.CHANNEL)
    channel.edit(channel.write("post"), "changed")

    updates = await bot.updates()
    kinds = {name for one in updates for name in one.model_fields_set - {"update_id"}}
    assert kinds == {
        "message", "edited_message", "callback_query", "my_chat_member", "channel_post",
        "edited_channel_post",
    }  # fmt: skip
    assert "не для бота" not in {one.message.text for one in updates if one.message}
    edits = [one.edited_message for one in updates if one.edited_message]
    assert [one.text or one.caption for one in edits] == [
        "оңдоо", "Вот виза", "@hotline189_bot башка",
    ]  # fmt: skip
    changes = [one.my_chat_member for one in updates if one.my_chat_member]
    assert [(one.chat.type, one.new_chat_member.status) for one in changes] == [
        ("private", "kicked"), ("private", "member"), ("group", "member"),
        ("supergroup", "member"), ("supergroup", "kicked"), ("channel", "administrator"),
    ]  # fmt: skip


async def test_every_method(world: World, bot: BotApi) -> None:
    person = world.telegram_person(PERSON)
    mine = await person.start()
    query = await _pressed(world, bot)
    await bot.ask("answerCallbackQuery", callback_query_id=query, text="ok", show_alert=True)
    chat = {"chat_id": PERSON}
    sent = await bot.ask(
        "sendMessage", **chat, text="<b>ң</b>", parse_mode="HTML", protect_content=True,
        reply_parameters={"message_id": mine.message_id},
    )  # fmt: skip
    assert sent["has_protected_content"]
    assert sent["reply_to_message"]["message_id"] == mine.message_id
    await _files(world, bot)
    await bot.ask("sendChatAction", **chat, action="typing")
    await bot.ask("editMessageText", **chat, message_id=sent["message_id"], text="x")
    await bot.ask(
        "editMessageReplyMarkup", **chat, message_id=sent["message_id"], reply_markup=KEYS
    )
    await bot.ask("deleteMessage", **chat, message_id=sent["message_id"])
    await bot.ask("deleteMessages", **chat, message_ids=[mine.message_id, 999_999])
    assert mine.message_id in person.chat.deleted
    commands = [{"command": "help", "description": "Жардам"}]
    await bot.ask("setMyCommands", commands=commands)
    assert await bot.ask("getMyCommands") == commands
    for name in ("getMe", "getWebhookInfo", "getUpdates", "deleteWebhook"):
        await bot.ask(name)
    group = await person.group("Үй")
    assert (await bot.ask("getChat", chat_id=group.chat.chat_id))["title"] == "Үй"
    await bot.ask("getChat", **chat)
    await bot.ask("leaveChat", chat_id=group.chat.chat_id)
    await bot.ask("setWebhook", url=f"{world.url}/nobody", secret_token="s", max_connections=4)
    await bot.ask("getWebhookInfo")

    assert bot.asked == set(Methods(world.telegram).table)


async def _pressed(world: World, bot: BotApi) -> str:
    await bot.ask("sendMessage", chat_id=PERSON, text="Тил?", reply_markup=KEYS)
    await world.telegram_person(PERSON).press(0)
    (query,) = [one.callback_query for one in await bot.updates() if one.callback_query]
    return query.id


async def _files(world: World, bot: BotApi) -> None:
    """Each kind by upload and again by its id, and an album."""
    world.telegram.limits.on = False
    bodies = dict.fromkeys(Kind, MOVIE) | {
        Kind.PHOTO: picture(400, 300),
        Kind.VOICE: voice_note(2),
    }
    for kind, body in bodies.items():
        method = "send" + "".join(part.title() for part in kind.split("_"))
        words = {} if kind in {Kind.STICKER, Kind.VIDEO_NOTE} else {"caption": "сөз"}
        first = await bot.ask(method, chat_id=PERSON, **{kind.value: body}, **words)
        held = first[kind.value]
        file_id = (held[-1] if isinstance(held, list) else held)["file_id"]
        again = await bot.ask(method, chat_id=PERSON, **{kind.value: file_id})
        assert again[kind.value] == held
        link = await bot.ask("getFile", file_id=file_id)
        assert await bot.download(link["file_path"]) == (200, body)
        if kind is Kind.PHOTO:
            await bot.ask(
                "editMessageCaption",
                chat_id=PERSON,
                message_id=first["message_id"],
                caption="башка",
            )
            media = [
                {"type": "photo", "media": "attach://a", "caption": "альбом"},
                {"type": "photo", "media": file_id},
            ]
            album = await bot.ask("sendMediaGroup", chat_id=PERSON, media=media, a=body)
            assert len({one["media_group_id"] for one in album}) == 1
