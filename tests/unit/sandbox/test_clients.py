"""The two clients of the trade, aiogram and python-telegram-bot, both take the sandbox for Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiogram
import pytest
import telegram
import telegram.error
from aiogram import types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramNetworkError
from aiogram.methods import TelegramMethod
from telegram.request import HTTPXRequest

from sandbox.bodies import JPEG
from sandbox.server import Running
from sandbox.world import TOKEN

EVERY_KIND = (
    *("sticker", "voice", "poll", "contact", "dice", "video", "video_note"),
    *("venue", "document", "audio", "animation"),
)


@pytest.fixture
async def bot(running: Running) -> AsyncIterator[aiogram.Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(running.url))
    async with aiogram.Bot(TOKEN, session=session) as bot:
        yield bot


@pytest.fixture
async def other(running: Running) -> AsyncIterator[telegram.Bot]:
    quiet = HTTPXRequest(httpx_kwargs={"trust_env": False})
    bot = telegram.Bot(
        TOKEN,
        base_url=f"{running.url}bot",
        base_file_url=f"{running.url}file/bot",
        request=quiet,
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )
    async with bot:
        yield bot


async def test_aiogram_talks_with_a_person(running: Running, bot: aiogram.Bot) -> None:
    world = running.world
    wang = world.add_person("王阿姨")
    world.say(wang.id, wang.id, "/start 井冈山")
    (update,) = await bot.get_updates()
    assert update.message and update.message.text == "/start 井冈山" and update.message.from_user
    assert update.message.entities and update.message.entities[0].type == "bot_command"
    assert update.message.from_user.language_code == "zh"

    button = types.InlineKeyboardButton(text="报告", callback_data="report")
    markup = types.InlineKeyboardMarkup(inline_keyboard=[[button]])
    sent = await bot.send_message(wang.id, "<b>您好</b> 😀", reply_markup=markup, parse_mode="HTML")
    assert sent.text == "您好 😀" and sent.entities and sent.entities[0].length == 2
    world.press(wang.id, wang.id, sent.message_id, None, "报告")
    (pressed,) = await bot.get_updates(offset=update.update_id + 1)
    query = pressed.callback_query
    assert query and query.data == "report" and isinstance(query.message, types.Message)
    assert await bot.answer_callback_query(query.id, text="收到", show_alert=True)
    edited = await bot.edit_message_text("好的", chat_id=wang.id, message_id=sent.message_id)
    assert isinstance(edited, types.Message) and edited.reply_markup is None
    view = world.view(wang.id)
    assert view["toasts"][0]["text"] == "收到" and view["messages"][-1]["edited"]
    assert view["unanswered"] == 0
    assert await bot.delete_message(wang.id, sent.message_id)


async def test_aiogram_moves_files(running: Running, bot: aiogram.Bot) -> None:
    world = running.world
    wang = world.add_person("王阿姨")
    world.send_from(wang.id, wang.id, "photo", {"caption": "在楼下"}, world.keep(b"jpeg", "p.jpg", "image/jpeg"))
    (update,) = await bot.get_updates()
    assert update.message and update.message.photo and update.message.caption == "在楼下"
    photo = update.message.photo[-1]
    got = await bot.download(photo.file_id)
    assert got and got.read() == b"jpeg"
    again = await bot.send_photo(wang.id, photo.file_id)
    assert again.photo and again.photo[-1].file_unique_id == photo.file_unique_id
    fresh = types.BufferedInputFile(b"report", "报告.csv")
    sent = await bot.send_document(wang.id, fresh)
    assert sent.document and sent.document.file_name == "报告.csv"
    album = [types.InputMediaPhoto(media=types.BufferedInputFile(JPEG, "x.jpg"), caption="一") for _ in range(2)]
    group = await bot.send_media_group(wang.id, list(album))
    assert len({message.media_group_id for message in group}) == 1 and group[0].media_group_id
    place = await bot.send_location(wang.id, 31.2, 121.5)
    assert place.location and place.location.latitude == 31.2


async def test_aiogram_sends_film_and_sound_that_cannot_be_passed_on(running: Running, bot: aiogram.Bot) -> None:
    world = running.world
    wang = world.add_person("王阿姨")
    world.say(wang.id, wang.id, "/start")
    for send in (bot.send_video, bot.send_audio):
        moved = await send(wang.id, types.BufferedInputFile(b"moving", "现场.mp4"), protect_content=True)
        what = moved.video or moved.audio
        assert moved.has_protected_content and what and what.file_name == "现场.mp4"
        got = await bot.download(what.file_id)
        assert got and got.read() == b"moving"
    assert [message["protected"] for message in world.view(wang.id)["messages"]] == [False, True, True]


async def test_aiogram_reads_the_errors(running: Running, bot: aiogram.Bot) -> None:
    world = running.world
    wang = world.add_person("王阿姨")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(wang.id, "在吗")
    world.say(wang.id, wang.id, "/start")
    world.block(wang.id, True)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(wang.id, "在吗")
    running.breakage.set({"rate_reset": 1.0})
    with pytest.raises(TelegramNetworkError):
        await bot.get_me()


async def test_aiogram_menu(running: Running, bot: aiogram.Bot) -> None:
    wang = running.world.add_person("王阿姨")
    commands = [types.BotCommand(command="report", description="报告")]
    await bot.set_my_commands(commands, scope=types.BotCommandScopeAllPrivateChats(), language_code="zh")
    assert await bot.get_my_commands() == []
    assert running.world.menu(wang.id) == [{"command": "report", "description": "报告"}]
    methods: list[TelegramMethod[bool]] = [
        aiogram.methods.SetMyDescription(description="邻里"),
        aiogram.methods.SetMyShortDescription(short_description="邻里"),
    ]
    for method in methods:
        assert await bot(method)
    assert (await bot.get_my_description()).description == "邻里"


async def test_ptb_agrees(running: Running, other: telegram.Bot) -> None:
    world = running.world
    wang = world.add_person("Mrs Wang", "en")
    world.say(wang.id, wang.id, "hello")
    (update,) = await other.get_updates()
    assert update.effective_user and update.effective_user.language_code == "en"
    markup = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("ok", callback_data="k"))
    sent = await other.send_message(wang.id, "*hi*", reply_markup=markup)
    assert sent.reply_markup == markup and not sent.api_kwargs
    with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
        await other.edit_message_text("*hi*", wang.id, sent.message_id, reply_markup=markup)
    photo = await other.send_photo(wang.id, JPEG, caption="look")
    file = await other.get_file(photo.photo[-1].file_id)
    assert await file.download_as_bytearray() == JPEG


@pytest.mark.parametrize("kind", EVERY_KIND)
async def test_both_read_every_kind(running: Running, bot: aiogram.Bot, other: telegram.Bot, kind: str) -> None:
    wang = running.world.add_person("王阿姨")
    running.world.send_from(wang.id, wang.id, kind, {"latitude": 31.2, "longitude": 121.5})
    (first,), (second,) = await bot.get_updates(), await other.get_updates()
    assert first.message and getattr(first.message, kind)
    assert second.message and getattr(second.message, kind) and not second.message.api_kwargs


async def test_a_long_poll_wakes_at_once(running: Running, bot: aiogram.Bot) -> None:
    wang = running.world.add_person("王阿姨")
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    running.world.say(wang.id, wang.id, "有人吗")
    (update,) = await poll
    assert update.message and update.message.text == "有人吗"
