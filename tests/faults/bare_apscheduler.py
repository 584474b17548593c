"""Reminders of meetings as APScheduler's documentation has them: a job each, in its SQLAlchemy store. Run as a program.

An officer says "/meeting ROOM MOMENT" and "/cancel ROOM"; everybody of theirs is to be reminded at that moment.
"""

import asyncio
import json
import os
from datetime import datetime

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandObject
from aiogram.types import Message
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from tests.faults.bare_store import API, TOKEN

PEOPLE: dict[str, list[int]] = json.loads(os.environ.get("BARE_PEOPLE", "{}"))  # by officer
dispatcher = Dispatcher()
bot = Bot(TOKEN or "1:none", session=AiohttpSession(api=TelegramAPIServer.from_base(API or "http://localhost")))
scheduler = AsyncIOScheduler(jobstores={"default": SQLAlchemyJobStore(url=os.environ.get("LINLI_DATABASE_URL"))})


async def remind(person: int, room: str) -> None:
    """The job."""
    await bot.send_message(person, f"请别忘了：{room}")


@dispatcher.message(Command("meeting"))
async def meeting(message: Message, command: CommandObject) -> None:
    room, moment = (command.args or "").split()
    for person in PEOPLE[str(message.chat.id)]:
        job = f"{room}:{person}"
        at = datetime.fromisoformat(moment)
        scheduler.add_job(remind, "date", run_date=at, args=[person, room], id=job, replace_existing=True)
    await message.answer(f"已定下：{room}")


@dispatcher.message(Command("cancel"))
async def cancel(message: Message, command: CommandObject) -> None:
    for person in PEOPLE[str(message.chat.id)]:
        if scheduler.get_job(job := f"{command.args}:{person}"):
            scheduler.remove_job(job)
    await message.answer(f"已取消：{command.args}")


async def main() -> None:
    scheduler.start()
    await dispatcher.start_polling(bot, handle_signals=True)


if __name__ == "__main__":
    asyncio.run(main())
