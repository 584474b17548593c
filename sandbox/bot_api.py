"""What each method of the Bot API does to the world, or why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sandbox.call import Call
from sandbox.limits import Limits
from sandbox.markup import marked
from sandbox.photo import measure_photo
from sandbox.refusal import Refusal, Wire, bad
from sandbox.things import File, wire
from sandbox.world import DOWNLOAD_BYTES, UPLOAD_BYTES, World, scope_key

Method = Callable[[Call], Any]


@dataclass
class Webhook:
    """Where updates are pushed, once setWebhook was called."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    error: str = ""
    error_date: int = 0


class BotApi:
    """The methods, within the platform's limits; getUpdates, which waits, is the server's.

    `awake` is called when a webhook is set or taken away.
    """

    def __init__(self, world: World, limits: Limits, awake: Callable[[], None]) -> None:
        self.world = world
        self.limits = limits
        self.webhook = Webhook()
        self._awake = awake
        self._texts: dict[str, dict[str, str]] = {}
        self._methods: dict[str, Method] = {
            "getme": lambda call: wire(world.bot),
            "sendmessage": self._send_message,
            **{f"send{kind}": partial(self._send_file, kind=kind) for kind in ("photo", "document", "video", "audio")},
            "sendmediagroup": self._send_album,
            "sendlocation": self._send_location,
            "sendchataction": self._chat_action,
            "editmessagetext": self._edit,
            "editmessagecaption": self._edit,
            "editmessagereplymarkup": self._edit,
            "deletemessage": self._delete,
            "answercallbackquery": self._answer,
            "getfile": self._get_file,
            "getchat": self._get_chat,
            "setmycommands": self._set_commands,
            "getmycommands": lambda call: world.commands.get(self._menu_of(call), []),
            "deletemycommands": lambda call: world.commands.pop(self._menu_of(call), None) is None or True,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._set_webhook,
            "getwebhookinfo": self._webhook_info,
        }
        for name in ("name", "description", "shortdescription"):
            self._methods[f"setmy{name}"] = self._set_text
            self._methods[f"getmy{name}"] = self._get_text
        for name in ("setchatmenubutton", "setmydefaultadministratorrights", "logout", "close"):
            self._methods[name] = lambda call: True

    def perform(self, call: Call) -> Any:
        """What a method does, once the limits let it through."""
        method = call.method.lower()
        if method not in self._methods:
            raise Refusal(404, "Not Found")
        if method.startswith(("send", "edit")) and method != "sendchataction":
            chat_id = call.chat_id
            if chat_id in self.world.people or chat_id in self.world.groups:
                album = call.data("media") if method == "sendmediagroup" else None
                if wait := self.limits.take(chat_id, len(album) if isinstance(album, list) and album else 1):
                    raise Refusal(429, f"Too Many Requests: retry after {wait}", wait)
        return self._methods[method](call)

    def _said(self, call: Call, name: str = "text") -> Wire:
        text, entities = marked(call.text(name), call.text("parse_mode"), call.data(_entities(name)))
        return {"text": text, "entities": entities}

    def _sent(self, call: Call, **what: Any) -> Wire:
        reply_to = call.reply_to
        lenient = (call.data("reply_parameters") or {}).get("allow_sending_without_reply")
        if reply_to and lenient and reply_to not in self.world.notes.get(call.chat_id, {}):
            reply_to = None
        markup = call.data("reply_markup")
        protected = call.flag("protect_content")
        note = self.world.post(call.chat_id, markup=markup, reply_to=reply_to, protected=protected, **what)
        return wire(self.world.message(note))

    def _send_message(self, call: Call) -> Wire:
        return self._sent(call, **self._said(call))

    def _send_file(self, call: Call, kind: str) -> Wire:
        self.world.reach(call.chat_id)
        said = self._said(call, "caption")
        self.world.measure(said["text"], kind)
        return self._sent(call, kind=kind, file=self._file(call, call.text(kind), kind), **said)

    def _send_album(self, call: Call) -> list[Wire]:
        media = call.data("media")
        if not isinstance(media, list) or not 2 <= len(media) <= 10:
            raise bad("media group must include 2-10 items")
        self.world.reach(call.chat_id)
        ready = []
        for item in media:
            kind = str(item.get("type"))
            if kind not in ("photo", "document", "video", "audio"):
                raise bad("type of file is unsupported in a media group")
            said = marked(item.get("caption") or "", item.get("parse_mode") or "", item.get("caption_entities"))
            self.world.measure(said[0], kind)
            ready.append((kind, said, self._file(call, str(item.get("media", "")), kind)))
        if len({kind if kind in ("document", "audio") else "visual" for kind, _, _ in ready}) > 1:
            raise bad("documents and audios can't be mixed with other media in an album")
        album = f"{self.world.bot.id}{self.world.seq}"
        return [
            self._sent(call, kind=kind, file=file, text=text, entities=entities, album=album)
            for kind, (text, entities), file in ready
        ]

    def _send_location(self, call: Call) -> Wire:
        try:
            return self._sent(call, kind="location", given=call.given)
        except (KeyError, ValueError, TypeError):
            raise bad("latitude or longitude is invalid") from None

    def _file(self, call: Call, value: str, kind: str) -> File:
        upload = call.uploads.get(value.removeprefix("attach://")) or (None if value else call.uploads.get(kind))
        if upload is not None:
            if not upload.data:
                raise bad("file must be non-empty")
            if len(upload.data) > UPLOAD_BYTES:
                raise Refusal(413, "Request Entity Too Large")
            if kind == "photo":
                measure_photo(upload.data)
            return self.world.keep(upload.data, upload.name, upload.mime)
        if not value:
            raise bad(f"there is no {kind} in the request")
        if "://" in value:
            raise bad("failed to get HTTP URL content")
        try:
            return self.world.file(value)
        except Refusal:
            raise bad("wrong remote file identifier specified: Wrong character in the string") from None

    def _chat_action(self, call: Call) -> bool:
        self.world.reach(call.chat_id)
        return True

    def _edit(self, call: Call) -> Wire:
        if call.text("inline_message_id"):
            raise bad("message to edit not found")
        markup, method = call.data("reply_markup"), call.method.lower()
        what: Wire = {}
        if method != "editmessagereplymarkup":
            what = self._said(call, "caption" if method == "editmessagecaption" else "text")
        caption = method == "editmessagecaption"
        note = self.world.edit(call.chat_id, call.number("message_id"), markup, caption=caption, **what)
        return wire(self.world.message(note))

    def _delete(self, call: Call) -> bool:
        self.world.delete(call.chat_id, call.number("message_id"))
        return True

    def _answer(self, call: Call) -> bool:
        self.world.answer(call.text("callback_query_id"), call.text("text"), call.flag("show_alert"))
        return True

    def _get_file(self, call: Call) -> Wire:
        file = self.world.file(call.text("file_id"))
        if len(file.data) > DOWNLOAD_BYTES:
            raise bad("file is too big")
        ids = {"file_id": call.text("file_id"), "file_unique_id": file.unique_id}
        return ids | {"file_size": len(file.data), "file_path": file.path}

    def _get_chat(self, call: Call) -> Wire:
        self.world.reach(call.chat_id, writing=False)
        return wire(self.world.chat(call.chat_id)) | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(
                (
                    "unlimited_gifts",
                    "limited_gifts",
                    "unique_gifts",
                    "premium_subscription",
                    "gifts_from_channels",
                ),
                False,
            ),
        }

    def _menu_of(self, call: Call) -> tuple[str, str]:
        return scope_key(call.data("scope")), call.text("language_code")

    def _set_commands(self, call: Call) -> bool:
        self.world.set_commands(call.data("commands"), call.data("scope"), call.text("language_code"))
        return True

    def _set_text(self, call: Call) -> bool:
        field, limit = {
            "setmyname": ("name", 64),
            "setmydescription": ("description", 512),
            "setmyshortdescription": ("short_description", 120),
        }[call.method.lower()]
        if len(call.text(field)) > limit:
            raise bad(f"bot {field.replace('_', ' ')} is too long")
        self._texts.setdefault(field, {})[call.text("language_code")] = call.text(field)
        return True

    def _get_text(self, call: Call) -> Wire:
        field = {"getmyname": "name", "getmydescription": "description"}.get(call.method.lower(), "short_description")
        kept = self._texts.get(field, {})
        return {field: kept.get(call.text("language_code")) or kept.get("", "")}

    def _set_webhook(self, call: Call) -> bool:
        url = call.text("url") if call.method.lower() == "setwebhook" else ""
        if url and not url.startswith(("https://", "http://")):
            raise bad("bad webhook: invalid webhook URL specified")
        if call.flag("drop_pending_updates"):
            self.world.pending.clear()
        if call.data("allowed_updates") is not None:
            self.world.allowed = set(call.data("allowed_updates"))
        self.webhook = Webhook(url, call.text("secret_token"), call.number("max_connections", 40))
        self._awake()
        return True

    def _webhook_info(self, call: Call) -> Wire:
        hook = self.webhook
        info: Wire = {"url": hook.url, "has_custom_certificate": False}
        info["pending_update_count"] = len(self.world.pending)
        if hook.url:
            info["max_connections"] = hook.connections
        if hook.error:
            info |= {"last_error_date": hook.error_date, "last_error_message": hook.error}
        if self.world.allowed:
            info["allowed_updates"] = sorted(self.world.allowed)
        return info


def _entities(name: str) -> str:
    return "entities" if name == "text" else "caption_entities"
