"""A report bot as python-telegram-bot's documentation has one written: ConversationHandler. Run as a program."""

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

from tests.faults.bare_store import API, OFFICERS, QUESTIONS, TOKEN, add, mark

ASKING, DEED, REVIEW = range(3)
Context = ContextTypes.DEFAULT_TYPE


def keyboard(*buttons: tuple[str, str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)] for text, data in buttons])


def question(number: int) -> tuple[str, InlineKeyboardMarkup]:
    text, labels = QUESTIONS[number]
    return text, keyboard(*((label, label) for label in labels))


async def report(update: Update, context: Context) -> int:
    assert update.message and context.user_data is not None
    text, buttons = question(0)
    context.user_data["number"] = 0
    await update.message.reply_text(text, reply_markup=buttons)
    return ASKING


async def answered(update: Update, context: Context) -> int:
    query = update.callback_query
    assert query and context.user_data is not None
    await query.answer()
    context.user_data["number"] += 1
    text, buttons = question(context.user_data["number"])
    await query.edit_message_text(text, reply_markup=buttons)
    return ASKING if buttons.inline_keyboard else DEED


async def deed(update: Update, context: Context) -> int:
    assert update.message and context.user_data is not None
    context.user_data["deed"] = update.message.text
    await update.message.reply_text(f"请核对：{update.message.text}", reply_markup=keyboard(("提交", "submit")))
    return REVIEW


async def submit(update: Update, context: Context) -> int:
    query = update.callback_query
    assert query and context.user_data is not None
    await query.answer()
    said = context.user_data["deed"]
    number = add(query.from_user.id, said)
    await query.edit_message_text("已提交")
    buttons = keyboard(("接手", f"taken:{number}"))
    await context.bot.send_message(OFFICERS[str(query.from_user.id)], f"🔔 {said}", reply_markup=buttons)
    return ConversationHandler.END


async def taken(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query and query.data
    await query.answer()
    number = int(query.data.partition(":")[2])
    reporter, said = mark(number, "taken")
    await query.edit_message_text(f"🔔 {said}\n由您办理", reply_markup=keyboard(("办结", f"closed:{number}")))
    await context.bot.send_message(reporter, f"报告 {said}：已接手。")


async def closed(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query and query.data
    await query.answer()
    reporter, said = mark(int(query.data.partition(":")[2]), "closed")
    await query.edit_message_text(f"{said}\n已办结")
    await context.bot.send_message(reporter, f"报告 {said} 已办结：谢谢您。")


def main() -> None:
    application = Application.builder().token(TOKEN).base_url(f"{API}/bot").build()
    states: dict[object, list[Any]] = {
        ASKING: [CallbackQueryHandler(answered)],
        DEED: [MessageHandler(filters.TEXT & ~filters.COMMAND, deed)],
        REVIEW: [CallbackQueryHandler(submit)],
    }
    start: Any = CommandHandler("report", report)
    application.add_handler(CallbackQueryHandler(taken, "^taken:"))
    application.add_handler(CallbackQueryHandler(closed, "^closed:"))
    application.add_handler(ConversationHandler([start], states, [start], allow_reentry=True))
    application.run_polling()


if __name__ == "__main__":
    main()
