"""The report form as python-telegram-bot's documentation has one written: ConversationHandler, nothing durable."""

import json
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest, RequestData

from benchmarks.conversation import ROUNDS, STEPS, Phones, conversation
from benchmarks.measuring import Measured, measured

TOKEN = "110110:benchmark"
ONGOING, BEHAVIOUR, WHERE, WHEN, DEED, SCENE, PHOTOS, REVIEW = range(8)
Context = ContextTypes.DEFAULT_TYPE


class Stub(BaseRequest):
    """The network: parameters written as python-telegram-bot's own request writes them."""

    def __init__(self, phones: Phones) -> None:
        self._phones = phones

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is open."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        if name == "getMe":
            me = {"id": 110110, "is_bot": True, "first_name": "linli", "username": "linli_bot"}
            return 200, json.dumps({"ok": True, "result": me}).encode()
        return 200, self._phones.answer(name, request_data.json_parameters if request_data else {})


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    rows = [[InlineKeyboardButton(label, callback_data=label)] for label in labels]
    rows.append([InlineKeyboardButton("‹ 上一步", callback_data="back")])
    return InlineKeyboardMarkup(rows)


async def report(update: Update, context: Context) -> int:
    assert update.message
    text = "第 1/8 步\n事情还在发生，或者有人有危险吗？"
    await update.message.reply_text(text, reply_markup=keyboard("是", "否"))
    return ONGOING


async def _next(update: Update, context: Context, key: str, text: str, *labels: str) -> None:
    query = update.callback_query
    assert query and context.user_data is not None
    await query.answer()
    context.user_data[key] = query.data
    await query.edit_message_text(text, reply_markup=keyboard(*labels))


async def ongoing(update: Update, context: Context) -> int:
    labels = ("试拉门窗或车门", "闯入或毁坏", "尾随或骚扰他人", "打听防盗、作息或钥匙", "危险物品", "其他行为")
    await _next(update, context, "ongoing", "第 2/8 步\n看到了什么行为？", *labels)
    return BEHAVIOUR


async def behaviour(update: Update, context: Context) -> int:
    await _next(update, context, "behaviour", "第 3/8 步\n在哪里？", "南苑一片", "南苑二片")
    return WHERE


async def where(update: Update, context: Context) -> int:
    await _next(update, context, "where", "第 4/8 步\n什么时候？", "现在", "一小时内", "今天早些时候")
    return WHEN


async def when(update: Update, context: Context) -> int:
    await _next(update, context, "when", "第 5/8 步\n请用自己的话写下做了什么。")
    return DEED


async def deed(update: Update, context: Context) -> int:
    assert update.message and context.user_data is not None
    context.user_data["deed"] = update.message.text
    await update.message.reply_text("第 6/8 步\n现在到现场怎么认出来？", reply_markup=keyboard("跳过"))
    return SCENE


async def scene(update: Update, context: Context) -> int:
    await _next(update, context, "scene", "第 7/8 步\n有照片吗？", "跳过")
    return PHOTOS


async def photos(update: Update, context: Context) -> int:
    answers = "\n".join(f"{key}：{value}" for key, value in (context.user_data or {}).items())
    await _next(update, context, "photos", f"请核对：\n{answers}", "提交")
    return REVIEW


async def review(update: Update, context: Context) -> int:
    query = update.callback_query
    assert query and context.user_data is not None
    await query.answer()
    context.user_data.clear()
    await query.edit_message_text("已提交")
    return ConversationHandler.END


async def play(batch: int) -> Measured:
    """Everybody's conversations, one update after the other; CPU milliseconds per update."""
    phones = Phones()
    application = Application.builder().token(TOKEN).request(Stub(phones)).get_updates_request(Stub(phones)).build()
    presses = {ONGOING: ongoing, BEHAVIOUR: behaviour, WHERE: where, WHEN: when, SCENE: scene, PHOTOS: photos}
    states: dict[object, list[Any]] = {state: [CallbackQueryHandler(handler)] for state, handler in presses.items()}
    states[DEED] = [MessageHandler(filters.TEXT & ~filters.COMMAND, deed)]
    states[REVIEW] = [CallbackQueryHandler(review)]
    application.add_handler(ConversationHandler([CommandHandler("report", report)], states, []))
    await application.initialize()

    async def take(updates: list[bytes]) -> None:
        for update in updates:
            await application.process_update(Update.de_json(json.loads(update), application.bot))

    return await measured(lambda: conversation(phones, STEPS, batch), take, ROUNDS)
