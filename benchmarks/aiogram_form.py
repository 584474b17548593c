"""The report form as aiogram's documentation has one written: states in memory, nothing durable."""

import json
from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.base import BaseSession
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from benchmarks.conversation import ROUNDS, STEPS, Phones, conversation
from benchmarks.measuring import Measured, measured

TOKEN = "110110:benchmark"


class Report(StatesGroup):
    ongoing = State()
    behaviour = State()
    where = State()
    when = State()
    deed = State()
    scene = State()
    photos = State()
    review = State()


class Stub(BaseSession):
    """The network: a call is written as aiogram's own session writes it, and its answer checked as there."""

    def __init__(self, phones: Phones) -> None:
        super().__init__()
        self._phones = phones

    async def close(self) -> None:
        """Nothing is open."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> TelegramType:
        files: dict[str, Any] = {}
        form = {}
        for key, value in method.model_dump(warnings=False).items():
            value = self.prepare_value(value, bot=bot, files=files)
            if value:
                form[key] = value
        content = self._phones.answer(method.__api_method__, form)
        return self.check_response(bot=bot, method=method, status_code=200, content=content.decode()).result  # type: ignore[return-value]

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    rows = [[InlineKeyboardButton(text=label, callback_data=label)] for label in labels]
    rows.append([InlineKeyboardButton(text="‹ 上一步", callback_data="back")])
    return InlineKeyboardMarkup(inline_keyboard=rows)


router = Router()


@router.message(Command("report"))
async def report(message: Message, state: FSMContext) -> None:
    await state.set_state(Report.ongoing)
    await message.answer("第 1/8 步\n事情还在发生，或者有人有危险吗？", reply_markup=keyboard("是", "否"))


async def _next(query: CallbackQuery, state: FSMContext, key: str, then: State, text: str, *labels: str) -> None:
    await query.answer()
    await state.update_data({key: query.data})
    await state.set_state(then)
    assert isinstance(query.message, Message)
    await query.message.edit_text(text, reply_markup=keyboard(*labels))


@router.callback_query(Report.ongoing)
async def ongoing(query: CallbackQuery, state: FSMContext) -> None:
    labels = ("试拉门窗或车门", "闯入或毁坏", "尾随或骚扰他人", "打听防盗、作息或钥匙", "危险物品", "其他行为")
    await _next(query, state, "ongoing", Report.behaviour, "第 2/8 步\n看到了什么行为？", *labels)


@router.callback_query(Report.behaviour)
async def behaviour(query: CallbackQuery, state: FSMContext) -> None:
    await _next(query, state, "behaviour", Report.where, "第 3/8 步\n在哪里？", "南苑一片", "南苑二片")


@router.callback_query(Report.where)
async def where(query: CallbackQuery, state: FSMContext) -> None:
    await _next(query, state, "where", Report.when, "第 4/8 步\n什么时候？", "现在", "一小时内", "今天早些时候")


@router.callback_query(Report.when)
async def when(query: CallbackQuery, state: FSMContext) -> None:
    await _next(query, state, "when", Report.deed, "第 5/8 步\n请用自己的话写下做了什么。")


@router.message(Report.deed, F.text.len() >= 10)
async def deed(message: Message, state: FSMContext) -> None:
    await state.update_data(deed=message.text)
    await state.set_state(Report.scene)
    await message.answer("第 6/8 步\n现在到现场怎么认出来？", reply_markup=keyboard("跳过"))


@router.callback_query(Report.scene)
async def scene(query: CallbackQuery, state: FSMContext) -> None:
    await _next(query, state, "scene", Report.photos, "第 7/8 步\n有照片吗？", "跳过")


@router.callback_query(Report.photos)
async def photos(query: CallbackQuery, state: FSMContext) -> None:
    answers = "\n".join(f"{key}：{value}" for key, value in (await state.get_data()).items())
    await _next(query, state, "photos", Report.review, f"请核对：\n{answers}", "提交")


@router.callback_query(Report.review)
async def review(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    await state.clear()
    assert isinstance(query.message, Message)
    await query.message.edit_text("已提交")


async def play(batch: int) -> Measured:
    """Everybody's conversations, one update after the other; CPU milliseconds per update."""
    phones = Phones()
    bot = Bot(TOKEN, session=Stub(phones))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)

    async def take(updates: list[bytes]) -> None:
        for update in updates:
            await dispatcher.feed_update(bot, Update.model_validate(json.loads(update), context={"bot": bot}))

    return await measured(lambda: conversation(phones, STEPS, batch), take, ROUNDS)
