"""The state of a small Telegram: people, groups, messages, files and the updates a bot has yet to fetch.

Pure: no HTTP, no waiting. The wire format is python-telegram-bot's own, as a second opinion on ours.
"""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import telegram

from sandbox.bodies import JPEG, KINDS, body_of
from sandbox.clock import Clock
from sandbox.markup import found_entities, keyboard, units
from sandbox.refusal import Impossible, Refusal, Wire, bad
from sandbox.things import File, Group, Note, Pending, Person, Press, Toast, wire

TOKEN = "110110:sandbox"
TEXT_LIMIT, CAPTION_LIMIT, TOAST_LIMIT = 4096, 1024, 200
UPLOAD_BYTES, DOWNLOAD_BYTES = 50 << 20, 20 << 20
UPDATES_KEPT, DELETABLE = timedelta(hours=24), timedelta(hours=48)
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class World:
    """One bot and everybody it could talk with.

    Watchers hear (chat id, sequence number) at every change, poll watchers hear that the bot asks for updates.
    """

    def __init__(self, token: str | None = TOKEN, clock: Clock | None = None, privacy: bool = True) -> None:
        self.token = token
        self.clock = clock or Clock()
        self.privacy = privacy
        bot_id = int((token or TOKEN).partition(":")[0])
        self.bot = telegram.User(
            bot_id,
            "邻里",
            True,
            username="linli_sandbox_bot",
            can_join_groups=True,
            can_read_all_group_messages=not privacy,
            supports_inline_queries=False,
        )
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.notes: dict[int, dict[int, Note]] = {}
        self.toasts: list[Toast] = []
        self.presses: dict[str, Press] = {}
        self.files: dict[str, File] = {}
        self.pending: list[Pending] = []
        self.commands: dict[tuple[str, str], list[Wire]] = {}
        self.allowed: set[str] = set()
        self.seq = 0
        self.watchers: list[Callable[[int, int], None]] = []
        self.poll_watchers: list[Callable[[], None]] = []
        self._update_id = 700_000_000
        self._counts: dict[int | str, int] = {}

    def save(self, folder: Path) -> None:
        """Write everything down, to be gone on with by `load`."""
        folder.mkdir(parents=True, exist_ok=True)
        state = {key: value for key, value in vars(self).items() if key != "watchers"}
        fresh = folder / "world.new"
        fresh.write_bytes(pickle.dumps(state))
        fresh.replace(folder / "world.pickle")

    def load(self, folder: Path) -> None:
        """Go on from what `save` wrote into one's own folder, if anything."""
        if (folder / "world.pickle").exists():
            vars(self).update(pickle.loads((folder / "world.pickle").read_bytes()))

    # -- people and their phones --

    def add_person(self, name: str, language: str = "zh", role: str = "", id: int | None = None) -> Person:
        """Somebody new with a phone; they have not met the bot yet."""
        if id is None:
            id = 6_000_000_000 + self._count("person")
        if not name or id <= 0 or id in self.people or id == self.bot.id:
            raise Impossible("a person needs a name, and an id of their own above zero")
        person = Person(id, name, f"sandbox_{id}", language, role)
        self.people[id] = person
        self._changed(id)
        return person

    def add_group(self, title: str, members: Sequence[int]) -> Group:
        """A group with these people, and with the bot invited by the first of them."""
        if not title or not members:
            raise Impossible("a group needs a title and members")
        for member in members:
            self.person(member)
        group = Group(-1_001_000_000_000 - self._count("group"), title, list(members))
        self.groups[group.id] = group
        self._changed(group.id)
        self._membership(group.id, members[0], telegram.ChatMemberLeft(self.bot), self._bot_member())
        return group

    def person(self, id: int) -> Person:
        """The person with this id."""
        if id not in self.people:
            raise Impossible(f"nobody has the id {id}")
        return self.people[id]

    def say(self, chat_id: int, sender: int, text: str, reply_to: int | None = None) -> list[Note]:
        """Somebody types a text; a long one leaves the phone in pieces, as from Telegram's own."""
        self._speaker(chat_id, sender)
        text = text.strip()
        if not text:
            raise Impossible("a phone does not send an empty text")
        pieces, piece = [], ""
        for letter in text:
            if units(piece) >= TEXT_LIMIT - 1 and units(piece + letter) > TEXT_LIMIT:
                pieces.append(piece)
                piece = ""
            piece += letter
        notes = []
        for part in [*pieces, piece]:
            note = self._write(chat_id, sender, text=part, entities=found_entities(part), reply_to=reply_to)
            notes.append(note)
            self._deliver(note)
        return notes

    def send_from(self, chat_id: int, sender: int, kind: str, given: Wire, upload: File | None = None) -> Note:
        """Somebody sends a thing that is not a text."""
        self._speaker(chat_id, sender)
        if kind not in KINDS:
            raise Impossible(f"kind is one of {', '.join(KINDS)}")
        caption = str(given.get("caption", ""))
        if units(caption) > CAPTION_LIMIT:
            raise Impossible("a phone does not send a caption over 1024")
        file = upload
        if file is None and kind not in ("location", "venue", "poll", "contact", "dice"):
            file = self.keep(JPEG, "photo.jpg", "image/jpeg") if kind == "photo" else self.keep(b"sandbox", kind)
        try:
            body = body_of(kind, given, file, self._count)
        except (KeyError, TypeError, ValueError) as trouble:
            raise Impossible(f"a {kind} needs other fields: {trouble!r}") from None
        note = self._write(
            chat_id,
            sender,
            kind=kind,
            text=caption,
            entities=found_entities(caption),
            body=body,
            file_id=file.id if file else None,
            reply_to=given.get("reply_to"),
            album=str(given["media_group_id"]) if given.get("media_group_id") else None,
        )
        self._deliver(note)
        return note

    def amend(self, chat_id: int, sender: int, message_id: int, text: str) -> Note:
        """Somebody corrects a text they sent."""
        self._speaker(chat_id, sender)
        note = self._note(chat_id, message_id)
        if note is None or note.sender != sender or note.kind != "text":
            raise Impossible("only one's own texts can be corrected")
        note.text, note.entities, note.edited = text, found_entities(text), self.clock.now().replace(microsecond=0)
        self._touch(note)
        self._deliver(note, edited=True)
        return note

    def press(
        self,
        chat_id: int,
        sender: int,
        message_id: int,
        data: str | None,
        label: str | None,
        forge: bool = False,
    ) -> Press:
        """Somebody presses a button: by its data or its label; `forge` stands for a tampered phone."""
        self._speaker(chat_id, sender)
        note = self._note(chat_id, message_id)
        if note is None or note.sender != self.bot.id:
            raise Impossible(f"chat {chat_id} has no message {message_id} of the bot's")
        if not forge:
            rows = note.inline.inline_keyboard if note.inline else ()
            buttons = [button for row in rows for button in row if isinstance(button.callback_data, str)]
            data = next(
                (
                    str(b.callback_data)
                    for b in buttons
                    if (b.text == label if data is None else b.callback_data == data)
                ),
                None,
            )
        if data is None:
            raise Impossible("the message has no such button")
        press = Press(f"{self.bot.id}{self._count('press'):08}", chat_id, sender)
        self.presses[press.id] = press
        query = telegram.CallbackQuery(
            press.id, self.people[sender].user(), f"c{chat_id}", message=self.message(note), data=data
        )
        self._emit({"callback_query": wire(query)})
        return press

    def block(self, id: int, blocked: bool) -> None:
        """Somebody blocks the bot, or lets it in again."""
        person = self.person(id)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        gone = telegram.ChatMemberBanned(self.bot, datetime.fromtimestamp(0, UTC))
        old, new = (self._bot_member(), gone) if blocked else (gone, self._bot_member())
        self._membership(id, id, old, new)
        self._changed(id)

    def inject(self, update: Wire) -> int:
        """Put a raw update into the queue as it is; for what no phone here can do."""
        id = update.get("update_id")
        if id is not None and not isinstance(id, int):
            raise Impossible("update_id is a whole number")
        return self._emit({key: value for key, value in update.items() if key != "update_id"}, id, raw=True)

    def view(self, chat_id: int, after: int = 0) -> Wire:
        """A chat as a phone shows it: what changed after a sequence number."""
        self._chat(chat_id)
        notes = [note for note in self.notes.get(chat_id, {}).values() if note.seq > after]
        toasts = [toast for toast in self.toasts if toast.chat_id == chat_id and toast.seq > after]
        person = self.people.get(chat_id)
        return {
            "seq": self.seq,
            "title": person.name if person else self.groups[chat_id].title,
            "messages": [self._shown(note) for note in sorted(notes, key=lambda note: note.message_id)],
            "toasts": [{"text": t.text, "alert": t.alert, "seq": t.seq, "to": t.person} for t in toasts if t.text],
            "unanswered": sum(not press.answered for press in self.presses.values() if press.chat_id == chat_id),
            "commands": self.menu(chat_id),
            "blocked": bool(person and person.blocked),
        }

    def menu(self, chat_id: int) -> list[Wire]:
        """The commands a phone offers in this chat: the narrowest scope wins, and a language over none."""
        language = self.people[chat_id].language if chat_id in self.people else "zh"
        scopes: list[Wire] = [{"type": "chat", "chat_id": chat_id}]
        scopes.append({"type": "all_private_chats" if chat_id > 0 else "all_group_chats"})
        for scope in [*scopes, {"type": "default"}]:
            for code in (language, ""):
                if commands := self.commands.get((scope_key(scope), code)):
                    return commands
        return []

    # -- the bot's side --

    def updates(self, offset: int, limit: int) -> list[Wire]:
        """Updates not confirmed yet; an offset confirms all before it, a negative one all but the last."""
        self._forget()
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [update for update in self.pending if update.id >= offset]
        return [update.wire for update in self.pending[: min(max(limit, 1), 100)]]

    def confirm(self, update_id: int) -> None:
        """An update got through a webhook."""
        self.pending = [update for update in self.pending if update.id != update_id]

    def reach(self, chat_id: int, writing: bool = True) -> None:
        """Whether the bot may write to a chat; refuses as Telegram does."""
        person = self.people.get(chat_id)
        if person is None and chat_id not in self.groups:
            raise bad("chat not found")
        if person and not person.started:
            if any(person.id in group.members for group in self.groups.values()):
                raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
            raise bad("chat not found")
        if person and person.blocked and writing:
            raise Refusal(403, "Forbidden: bot was blocked by the user")

    def post(
        self,
        chat_id: int,
        text: str = "",
        entities: tuple[telegram.MessageEntity, ...] = (),
        markup: Any = None,
        kind: str = "text",
        given: Wire | None = None,
        file: File | None = None,
        reply_to: int | None = None,
        album: str | None = None,
        protected: bool = False,
    ) -> Note:
        """The bot sends a message; what is `protected` cannot be passed on or saved."""
        self.reach(chat_id)
        self.measure(text, kind)
        inline, other = keyboard(markup)
        if reply_to is not None and self._note(chat_id, reply_to) is None:
            raise bad("message to be replied not found")
        return self._write(
            chat_id,
            self.bot.id,
            kind=kind,
            text=text,
            entities=entities,
            inline=inline,
            reply_keyboard=other,
            body=body_of(kind, given or {}, file, self._count) if kind != "text" else {},
            file_id=file.id if file else None,
            reply_to=reply_to,
            album=album,
            protected=protected,
        )

    def measure(self, text: str, kind: str = "text") -> None:
        """Refuse a text or caption of the wrong length."""
        if kind == "text" and not text:
            raise bad("message text is empty")
        if units(text) > (TEXT_LIMIT if kind == "text" else CAPTION_LIMIT):
            raise bad("message is too long" if kind == "text" else "message caption is too long")

    def edit(
        self,
        chat_id: int,
        message_id: int,
        markup: Any,
        text: str | None = None,
        entities: tuple[telegram.MessageEntity, ...] = (),
        caption: bool = False,
    ) -> Note:
        """The bot changes a message of its own: its text (or caption) and keyboard, or the keyboard alone."""
        self.reach(chat_id)
        note = self._note(chat_id, message_id)
        if note is None:
            raise bad("message to edit not found")
        if note.sender != self.bot.id or note.reply_keyboard:
            raise bad("message can't be edited")
        if text is not None:
            if caption and note.kind in ("text", "location"):
                raise bad("there is no caption in the message to edit")
            if not caption and note.kind != "text":
                raise bad("there is no text in the message to edit")
            self.measure(text, note.kind)
        inline, _ = keyboard(markup)
        new = replace(note, inline=inline)
        if text is not None:
            new.text, new.entities = text, entities
        if self.message(new).to_dict() == self.message(note).to_dict():
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message"
            )
        note.inline, note.text, note.entities = new.inline, new.text, new.entities
        if text is not None:  # Telegram does not call a message edited whose keyboard alone has changed
            note.edited = self.clock.now().replace(microsecond=0)
        self._touch(note)
        return note

    def delete(self, chat_id: int, message_id: int) -> None:
        """The bot deletes a message: within 48 hours, and in groups only its own."""
        self.reach(chat_id, writing=False)
        note = self._note(chat_id, message_id)
        if note is None:
            raise bad("message to delete not found")
        if self.clock.now() - note.date > DELETABLE or (chat_id < 0 and note.sender != self.bot.id):
            raise bad("message can't be deleted for everyone")
        note.deleted = True
        self._touch(note)

    def answer(self, query_id: str, text: str, alert: bool) -> None:
        """The bot answers a pressed button."""
        if query_id not in self.presses:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if units(text) > TOAST_LIMIT:
            raise bad("MESSAGE_TOO_LONG")
        press = self.presses[query_id]
        press.answered = True
        self.toasts.append(Toast(press.chat_id, press.person, text, alert, self._changed(press.chat_id)))

    def keep(self, data: bytes, name: str, mime: str = "application/octet-stream") -> File:
        """Store bytes; they get a file_id."""
        file = File(f"AgAC{self.bot.id}x{self._count('file'):06}", name, mime, data)
        self.files[file.id] = file
        return file

    def lose(self, file_id: str) -> None:
        """The platform has a file no more: its bytes go, the messages that showed it stay."""
        if file_id not in self.files:
            raise Impossible(f"there is no file {file_id}")
        self.files[file_id].data, self.files[file_id].gone = b"", True
        for note in (note for notes in self.notes.values() for note in notes.values() if note.file_id == file_id):
            self._touch(note)

    def file(self, file_id: str) -> File:
        """A stored file by the id the bot knows it by."""
        file = self.files.get(file_id.removesuffix("_s"))
        if file is None or file.gone:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return file

    def set_commands(self, commands: Any, scope: Any, language: str) -> None:
        """The bot's menu for a scope and a language."""
        if language and not re.fullmatch(r"[a-z]{2}", language):
            raise bad("invalid language code specified")
        if not isinstance(commands, list):
            raise bad("can't parse commands JSON object")
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        chat_id = scope.get("chat_id") if isinstance(scope, dict) else None
        if chat_id is not None and chat_id not in self.people and chat_id not in self.groups:
            raise bad("chat not found")
        for command in commands:
            if not re.fullmatch(r"/?[a-z0-9_]{1,32}", str(command.get("command", ""))):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(str(command.get("description", ""))) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[scope_key(scope), language] = [
            {"command": str(c["command"]).removeprefix("/"), "description": c["description"]} for c in commands
        ]

    def chat(self, chat_id: int) -> telegram.Chat:
        """A chat in Telegram's own type."""
        if person := self.people.get(chat_id):
            return telegram.Chat(person.id, "private", first_name=person.name, username=person.username)
        return telegram.Chat(chat_id, "supergroup", title=self.groups[chat_id].title)

    def message(self, note: Note, with_reply: bool = True) -> telegram.Message:
        """A message in Telegram's own type."""
        body = dict(note.body)
        if note.kind == "text":
            body |= {"text": note.text, "entities": note.entities}
        elif note.text:
            body |= {"caption": note.text, "caption_entities": note.entities}
        replied = self._note(note.chat_id, note.reply_to) if note.reply_to and with_reply else None
        return telegram.Message(
            note.message_id,
            note.date,
            self.chat(note.chat_id),
            from_user=self.people[note.sender].user() if note.sender in self.people else self._bot_user(),
            reply_to_message=self.message(replied, with_reply=False) if replied else None,
            edit_date=note.edited,
            reply_markup=note.inline,
            media_group_id=note.album,
            has_protected_content=note.protected or None,
            **body,
        )

    # -- within --

    def _bot_user(self) -> telegram.User:
        return telegram.User(self.bot.id, self.bot.first_name, True, username=self.bot.username)

    def _bot_member(self) -> telegram.ChatMemberMember:
        return telegram.ChatMemberMember(self._bot_user())

    def _chat(self, chat_id: int) -> None:
        if chat_id not in self.people and chat_id not in self.groups:
            raise Impossible(f"there is no chat {chat_id}")

    def _speaker(self, chat_id: int, sender: int) -> None:
        person = self.person(sender)
        self._chat(chat_id)
        if chat_id != sender and (chat_id > 0 or sender not in self.groups[chat_id].members):
            raise Impossible(f"{person.name} is not in chat {chat_id}")
        if chat_id == sender:
            if person.blocked:
                raise Impossible(f"{person.name} has blocked the bot")
            person.started = True

    def _note(self, chat_id: int, message_id: int) -> Note | None:
        note = self.notes.get(chat_id, {}).get(message_id)
        return None if note is None or note.deleted else note

    def _write(self, chat_id: int, sender: int, **rest: Any) -> Note:
        # Private chats share one numbering, each supergroup has its own: an id alone names no message.
        message_id = self._count("private" if chat_id > 0 else chat_id)
        note = Note(chat_id, message_id, sender, self.clock.now().replace(microsecond=0), 0, **rest)
        self.notes.setdefault(chat_id, {})[message_id] = note
        self._touch(note)
        return note

    def _deliver(self, note: Note, edited: bool = False) -> None:
        if note.chat_id < 0 and self.privacy and not self._meant_for_bot(note):
            return
        self._emit({"edited_message" if edited else "message": wire(self.message(note))})

    def _meant_for_bot(self, note: Note) -> bool:
        """Group privacy: a bot hears commands, mentions of itself and replies to itself."""
        replied = self._note(note.chat_id, note.reply_to) if note.reply_to else None
        if replied and replied.sender == self.bot.id:
            return True
        at = f"@{self.bot.username}".lower()
        command = re.match(r"/\w+(@\w+)?", note.text)
        if command and (not command[1] or command[1].lower() == at):
            return True
        return at in note.text.lower()

    def _membership(self, chat_id: int, by: int, old: telegram.ChatMember, new: telegram.ChatMember) -> None:
        change = telegram.ChatMemberUpdated(
            self.chat(chat_id), self.people[by].user(), self.clock.now().replace(microsecond=0), old, new
        )
        self._emit({"my_chat_member": wire(change)})

    def _emit(self, content: Wire, id: int | None = None, raw: bool = False) -> int:
        self._forget()
        if id is None:
            id = self._update_id + 1
        self._update_id = max(self._update_id, id)
        kinds = set(content)
        if not raw and not (kinds <= self.allowed if self.allowed else kinds.isdisjoint(NOT_BY_DEFAULT)):
            return id
        self.pending.append(Pending(id, self.clock.now(), {"update_id": id} | content))
        for watcher in list(self.watchers):
            watcher(0, self.seq)
        return id

    def _forget(self) -> None:
        now = self.clock.now()
        self.pending = [update for update in self.pending if now - update.born <= UPDATES_KEPT]

    def _touch(self, note: Note) -> None:
        note.seq = self._changed(note.chat_id)

    def _changed(self, chat_id: int) -> int:
        self.seq += 1
        for watcher in list(self.watchers):
            watcher(chat_id, self.seq)
        return self.seq

    def _count(self, key: int | str) -> int:
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key]

    def _shown(self, note: Note) -> Wire:
        place = note.body.get("location") or getattr(note.body.get("venue"), "location", None)
        file = self.files[note.file_id] if note.file_id else None
        return {
            "message_id": note.message_id,
            "from": "bot" if note.sender == self.bot.id else note.sender,
            "name": self.people[note.sender].name if note.sender in self.people else self.bot.first_name,
            "text": note.text,
            "entities": [wire(entity) for entity in note.entities],
            "keyboard": [
                [{"text": b.text, "data": b.callback_data, "url": b.url} for b in row]
                for row in (note.inline.inline_keyboard if note.inline else ())
            ],
            "reply_keyboard": note.reply_keyboard,
            "kind": note.kind,
            "location": {"latitude": place.latitude, "longitude": place.longitude} if place else None,
            "file": f"/sandbox/files/{file.id}" if file and not file.gone else None,
            "file_name": file.name if file else None,
            "file_size": len(file.data) if file else None,
            "protected": note.protected,
            "album": note.album,
            "reply_to": note.reply_to,
            "edited": note.edited is not None,
            "deleted": note.deleted,
            "date": note.date.isoformat(),
            "seq": note.seq,
        }


def scope_key(scope: Any) -> str:
    """One name for a command scope."""
    return json.dumps(scope or {"type": "default"}, sort_keys=True)
