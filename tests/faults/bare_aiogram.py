"""A report bot as aiogram's documentation has one written: polling, states in memory. Run as a program."""

import asyncio

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.faults.bare_store import API, OFFICERS, QUESTIONS, TOKEN, add, mark


class Report(StatesGroup):
    asking = State()
    deed = State()
    review = State()


dispatcher = Dispatcher()


def keyboard(*buttons: tuple[str, str]) -> InlineKeyboardMarkup:
    rows = [[InlineKeyboardButton(text=text, callback_data=data)] for text, data in buttons]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def question(number: int) -> tuple[str, InlineKeyboardMarkup]:
    text, labels = QUESTIONS[number]
    return text, keyboard(*((label, label) for label in labels))


@dispatcher.message(Command("report"))
async def report(message: Message, state: FSMContext) -> None:
    text, buttons = question(0)
    await state.set_state(Report.asking)
    await state.set_data({"number": 0})
    await message.answer(text, reply_markup=buttons)


@dispatcher.callback_query(Report.asking)
async def answered(query: CallbackQuery, state: FSMContext) -> None:
    await query.answer()
    number = (await state.get_data())["number"] + 1
    await state.update_data(number=number)
    text, buttons = question(number)
    if not buttons.inline_keyboard:
        await state.set_state(Report.deed)
    assert isinstance(query.message, Message)
    await query.message.edit_text(text, reply_markup=buttons)


@dispatcher.message(Report.deed)
async def deed(message: Message, state: FSMContext) -> None:
    await state.update_data(deed=message.text)
    await state.set_state(Report.review)
    await message.answer(f"请核对：{message.text}", reply_markup=keyboard(("提交", "submit")))


@dispatcher.callback_query(Report.review)
async def submit(query: CallbackQuery, state: FSMContext, bot: Bot) -> None:
    await query.answer()
    said = (await state.get_data())["deed"]
    number = add(query.from_user.id, said)
    await state.clear()
    assert isinstance(query.message, Message)
    await query.message.edit_text("已提交")
    await bot.send_message(
        OFFICERS[str(query.from_user.id)], f"🔔 {said}", reply_markup=keyboard(("接手", f"taken:{number}"))
    )


@dispatcher.callback_query(F.data.startswith("taken:"))
async def taken(query: CallbackQuery, bot: Bot) -> None:
    await query.answer()
    number = int((query.data or "").partition(":")[2])
    reporter, said = mark(number, "taken")
    assert isinstance(query.message, Message)
    await query.message.edit_text(f"🔔 {said}\n由您办理", reply_markup=keyboard(("办结", f"closed:{number}")))
    await bot.send_message(reporter, f"报告 {said}：已接手。")


@dispatcher.callback_query(F.data.startswith("closed:"))
async def closed(query: CallbackQuery, bot: Bot) -> None:
    await query.answer()
    reporter, said = mark(int((query.data or "").partition(":")[2]), "closed")
    assert isinstance(query.message, Message)
    await query.message.edit_text(f"{said}\n已办结")
    await bot.send_message(reporter, f"报告 {said} 已办结：谢谢您。")


async def main() -> None:
    await dispatcher.start_polling(Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(API))))


if __name__ == "__main__":
    asyncio.run(main())
