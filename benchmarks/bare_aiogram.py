"""The least that a bot can do about a pressed button: one message to somebody. Run as a program of its own."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery


async def main(api: str, token: str) -> None:
    """Poll `api` until stopped. A press's data is the chat that the message goes to."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def submit(query: CallbackQuery) -> None:
        await bot.send_message(int((query.data or "").partition(":")[2]), "🔔 可疑情况：两人挨个试拉停在路边的车门")

    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
