"""Telegram's JSON and the neutral words, with aiogram's types as the oracle for both directions."""

import json
from typing import Any

import pytest
from aiogram import methods
from aiogram.types import BufferedInputFile
from aiogram.types import Update as Oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.messages import Act, Address, Button, Incoming, Outgoing, Priority, Said
from platforms.telegram.translate import clipped, file_name, lane, read, request, update_of

METHODS: dict[str, Any] = {
    "sendMessage": methods.SendMessage,
    "editMessageText": methods.EditMessageText,
    "deleteMessage": methods.DeleteMessage,
    "answerCallbackQuery": methods.AnswerCallbackQuery,
    "sendPhoto": methods.SendPhoto,
    "sendMediaGroup": methods.SendMediaGroup,
    "sendDocument": methods.SendDocument,
    "sendVideo": methods.SendVideo,
    "sendAudio": methods.SendAudio,
}
LI = {"id": 71, "is_bot": False, "first_name": "小红", "last_name": "李", "language_code": "en-GB"}
HOME = {"id": 71, "type": "private", "first_name": "小红"}
YARD = {"id": -100200, "type": "supergroup", "title": "院子"}
HERE = Address("telegram", "71")
FILE = {"file_id": "F", "file_unique_id": "f"}
FILES: dict[str, Any] = {
    "document": FILE,
    "video": {**FILE, "duration": 1, "width": 1, "height": 1},
    "animation": {**FILE, "duration": 1, "width": 1, "height": 1},
    "video_note": {**FILE, "duration": 1, "length": 1},
    "audio": {**FILE, "duration": 1},
    "voice": {**FILE, "duration": 1},
}
OTHERS: dict[str, Any] = {
    "sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
    "contact": {"phone_number": "1", "first_name": "x"},
    "dice": {"emoji": "🎲", "value": 3},
    "poll": {
        "id": "1",
        "question": "?",
        "options": [],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    },
}


def message(**content: Any) -> dict[str, Any]:
    return {"message": {"message_id": 5, "date": 1_700_000_000, "chat": HOME, "from": LI, **content}}


def member(status: str, chat: dict[str, Any] = HOME) -> dict[str, Any]:
    bot = {"id": 9, "is_bot": True, "first_name": "Linli"}
    new = {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
    old = {"user": bot, "status": "member"}
    change = {"chat": chat, "from": LI, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return {"my_chat_member": change}


def press(**content: Any) -> dict[str, Any]:
    return {"callback_query": {"id": "99", "from": LI, "chat_instance": "1", "data": "yes:1", **content}}


def told(content: dict[str, Any], username: str = "LinliBot") -> Incoming | None:
    """What `read` makes of an update that aiogram takes, too, and what both must agree on."""
    raw = {"update_id": 1, **content}
    oracle = Oracle.model_validate(raw)
    again = json.loads(oracle.model_dump_json(exclude_none=True, by_alias=True))
    incoming = read(raw, username)
    assert read(again, username) == incoming
    if incoming is not None:
        event: Any = oracle.event
        chat = getattr(event, "chat", None) or (event.message.chat if event.message else event.from_user)
        assert incoming.account == f"telegram:{event.from_user.id}" == lane(raw)
        assert incoming.address == Address("telegram", str(chat.id))
        assert incoming.in_group == (getattr(chat, "type", "private") in ("group", "supergroup"))
    return incoming


def heard(content: dict[str, Any]) -> Incoming:
    incoming = told(content)
    assert incoming is not None
    return incoming


def test_text() -> None:
    assert told(message(text="路灯坏了")) == Incoming(
        HERE, "telegram:71", Said.TEXT, name="小红 李", language="en", text="路灯坏了", message="5"
    )
    stranger = {"id": 71, "is_bot": False, "first_name": "A"}
    incoming = heard(message(text="see /help", **{"from": stranger}, chat=YARD))
    assert (incoming.said, incoming.name, incoming.language, incoming.in_group) == (Said.TEXT, "A", "", True)


@pytest.mark.parametrize(
    ("text", "command", "arguments"),
    [
        ("/start CODE1", "start", "CODE1"),
        ("/report", "report", ""),
        ("/report@linlibot  now please ", "report", "now please"),
        ("/report\nthe lamp", "report", "the lamp"),
    ],
)
def test_command(text: str, command: str, arguments: str) -> None:
    incoming = heard(message(text=text))
    assert (incoming.said, incoming.command, incoming.arguments) == (Said.COMMAND, command, arguments)


def test_command_for_another_bot_is_nothing() -> None:
    assert told(message(text="/report@OtherBot", chat=YARD)) is None


def test_a_slash_alone_is_text() -> None:
    assert heard(message(text="/")).said is heard(message(text="/ no")).said is Said.TEXT


def test_photo_is_the_largest() -> None:
    sizes = [
        {**FILE, "file_id": n, "width": w, "height": w, "file_size": 9 * w}
        for n, w in (("s", 90), ("l", 1280), ("m", 320))
    ]
    incoming = heard(message(photo=sizes, caption="灯"))
    assert (incoming.said, incoming.file, incoming.size, incoming.text) == (Said.PHOTO, "l", 11520, "灯")


@pytest.mark.parametrize("kind", FILES)
def test_files(kind: str) -> None:
    incoming = heard(message(**{kind: {**FILES[kind], "file_size": 3000}}, caption="灯"))
    assert (incoming.said, incoming.file, incoming.size, incoming.text) == (Said.FILE, "F", 3000, "灯")
    assert heard(message(**{kind: FILES[kind]})).size == 0  # Telegram need not tell


def test_an_animation_is_no_document() -> None:
    animation = {**FILES["video"], "file_id": "A"}
    assert heard(message(document=FILE, animation=animation)).file == "A"


def test_every_message_has_its_number() -> None:
    spot = {"latitude": 31.2, "longitude": 121.5}
    sizes = [{**FILE, "width": 1, "height": 1}]
    said: list[dict[str, Any]] = [{"text": "x"}, {"text": "/tip"}, {"photo": sizes}, {"location": spot}]
    for content in [*said, *({kind: FILES[kind]} for kind in FILES), *({kind: OTHERS[kind]} for kind in OTHERS)]:
        assert heard(message(**content)).message == "5"
    assert heard({"edited_message": message(text="b")["message"]}).message == "5"
    assert heard(member("kicked")).message == ""


def test_location_and_venue() -> None:
    spot = {"latitude": 31.2, "longitude": 121.5}
    for content in (
        {"location": spot},
        {"venue": {"location": spot, "title": "t", "address": "a"}, "location": spot},
        {"venue": {"location": spot, "title": "t", "address": "a"}},
    ):
        incoming = heard(message(**content))
        assert (incoming.said, incoming.latitude, incoming.longitude) == (Said.LOCATION, 31.2, 121.5)


@pytest.mark.parametrize("kind", OTHERS)
def test_other_kinds_are_named(kind: str) -> None:
    incoming = heard(message(**{kind: OTHERS[kind]}))
    assert (incoming.said, incoming.text) == (Said.OTHER, kind)


def test_button() -> None:
    card = message(text="?")["message"]
    incoming = heard(press(message=card))
    assert (incoming.said, incoming.data, incoming.message, incoming.press) == (Said.BUTTON, "yes:1", "5", "99")
    assert heard(press(message={"chat": YARD, "message_id": 6, "date": 0})).message == "6"  # inaccessible
    inline = heard(press(inline_message_id="i"))
    assert (inline.address, inline.message) == (HERE, "")


def test_membership() -> None:
    assert heard(member("kicked")).said is Said.BLOCKED
    assert heard(member("member")).said is Said.UNBLOCKED
    assert told(member("member", YARD)) is None


def test_edited() -> None:
    incoming = heard({"edited_message": {**message(text="b")["message"], "edit_date": 2}})
    assert (incoming.said, incoming.text) == (Said.EDITED, "b")


def test_nothing_said() -> None:
    assert told({"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel"}}}) is None
    assert told({"inline_query": {"id": "1", "from": LI, "query": "", "offset": ""}}) is None
    assert told(message(new_chat_members=[LI], chat=YARD)) is None
    junk: list[Any] = [[], 1, "message", None, {}, {"message": None}, {"callback_query": []}]
    for raw in junk:
        assert read(raw) is None
    assert read(message(location={"latitude": float("nan"), "longitude": 0})) is None
    assert read(message(text="x", chat={"id": True})) is None


def test_broken_characters_do_not_get_in() -> None:
    incoming = read(message(text="a\0\ud800b", **{"from": {**LI, "first_name": "\udc00"}}))
    assert incoming is not None
    assert (incoming.text, incoming.name) == ("a\ufffdb", "\ufffd 李")
    assert update_of({"message": {}}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
SAMPLES = [
    message(text="/start a"),
    message(photo=[{**FILE, "width": 1, "height": 2}], caption="c"),
    message(video={**FILE, "duration": 1, "file_size": 7}),
    message(venue={"location": {"latitude": 1.0, "longitude": 2.0}}),
    press(message=message(text="?")["message"]),
    member("kicked"),
    {"edited_message": message(text="x")["message"]},
]


def spots(value: Any) -> list[tuple[Any, Any]]:
    keys: list[Any] = list(value) if isinstance(value, dict) else []
    keys = list(range(len(value))) if isinstance(value, list) else keys
    return [(value, key) for key in keys] + [spot for key in keys for spot in spots(value[key])]


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_mutated_updates_never_raise(data: st.DataObject) -> None:
    raw = json.loads(json.dumps({"update_id": 1, **data.draw(st.sampled_from(SAMPLES))}))
    holder, key = data.draw(st.sampled_from(spots(raw)))
    holder[key] = data.draw(JSON)
    assert isinstance(lane(raw), str)
    incoming = read(raw, "LinliBot")
    if incoming is not None:
        for text in (incoming.name, incoming.text, incoming.data, incoming.file, incoming.press, incoming.message):
            assert isinstance(text, str)
            text.encode()
        assert type(incoming.size) is int and incoming.size >= 0


# --- out ---


def asked(outgoing: Outgoing, standing: str = "") -> list[tuple[str, dict[str, Any]]]:
    """The calls, each of which must be one that aiogram knows, with every parameter known to it."""
    calls = list(request(outgoing, standing))
    for method, parameters in calls:
        assert METHODS[method].__api_method__ == method
        parsed = METHODS[method].model_validate(json.loads(json.dumps(parameters)))
        assert set(parameters) <= set(METHODS[method].model_fields)
        assert not parsed.model_extra
    return calls


def out(act: Act, text: str = "hi", **rest: Any) -> Outgoing:
    return Outgoing(HERE, act, text, **rest)


ROWS = ((Button("Yes", "yes:1"), Button("Map", url="https://example.org")),)
PLAIN = {"link_preview_options": {"is_disabled": True}}
KEYS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes:1"}, {"text": "Map", "url": ROWS[0][1].url}]]}
NO_KEYS: dict[str, Any] = {"inline_keyboard": []}


def test_show() -> None:
    assert asked(out(Act.SHOW)) == [("sendMessage", {"chat_id": 71, "text": "hi", **PLAIN})]
    assert asked(out(Act.SHOW, buttons=ROWS), "5") == [
        ("editMessageText", {"chat_id": 71, "message_id": 5, "text": "hi", **PLAIN, "reply_markup": KEYS})
    ]
    assert asked(out(Act.SHOW), "5")[0][1]["reply_markup"] == NO_KEYS


def test_renew() -> None:
    send = ("sendMessage", {"chat_id": 71, "text": "hi", **PLAIN, "reply_markup": KEYS})
    assert asked(out(Act.RENEW, buttons=ROWS)) == [send]
    assert asked(out(Act.RENEW, buttons=ROWS), "5") == [send, ("deleteMessage", {"chat_id": 71, "message_id": 5})]


def test_alerts_cannot_be_forwarded() -> None:
    assert asked(out(Act.NOTE, priority=Priority.ALERT))[0][1]["protect_content"] is True
    assert "protect_content" not in asked(out(Act.NOTE))[0][1]
    assert "protect_content" not in asked(out(Act.SHOW, priority=Priority.ALERT), "5")[0][1]


def test_toast() -> None:
    [(method, parameters)] = asked(out(Act.TOAST, "x" * 300, press="99"))
    assert (method, parameters["callback_query_id"], len(parameters["text"])) == ("answerCallbackQuery", "99", 200)
    assert asked(out(Act.TOAST, "", press="99")) == [("answerCallbackQuery", {"callback_query_id": "99"})]


def test_photos() -> None:
    one = asked(out(Act.PHOTOS, "", photos=["a"]))
    assert one == [("sendPhoto", {"chat_id": 71, "photo": "a", "protect_content": True})]
    [(method, parameters)] = asked(out(Act.PHOTOS, "two", photos=["a", "b"]))
    assert (method, parameters["protect_content"]) == ("sendMediaGroup", True)
    assert parameters["media"] == [
        {"type": "photo", "media": "a", "caption": "two"},
        {"type": "photo", "media": "b"},
    ]
    assert [method for method, _ in asked(out(Act.PHOTOS, photos=["a"] * 11))] == ["sendMediaGroup", "sendPhoto"]
    assert asked(out(Act.PHOTOS)) == []


@pytest.mark.parametrize("kind", ["photo", "document", "video", "audio"])
def test_what_is_kept_by_us_goes_beside_its_call(kind: str) -> None:
    [(method, parameters)] = request(out(Act.FILE, "x" * 2000, file="f7", kind=kind, buttons=ROWS), "5")
    assert METHODS[method].__api_method__ == method
    whole = METHODS[method].model_validate({**parameters, kind: BufferedInputFile(b"x", "x")})
    assert (whole.chat_id, whole.protect_content, len(whole.caption)) == (71, True, 1024)
    assert set(parameters) <= set(METHODS[method].model_fields)
    assert parameters["reply_markup"] == KEYS
    assert "f7" not in str(parameters)  # our own name of it is no business of theirs
    [(_, bare)] = request(out(Act.FILE, "", file="f7", kind=kind), "")
    assert bare == {"chat_id": 71, "protect_content": True}


def test_an_unknown_kind_of_file_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="no kind of file: 'sticker'"):
        request(out(Act.FILE, file="f7", kind="sticker"), "")


@pytest.mark.parametrize(
    ("kind", "head", "name"),
    [
        ("photo", b"\xff\xd8\xff\xe0", "photo.jpg"),
        ("photo", b"\x89PNG\r\n", "photo.png"),
        ("photo", b"RIFF\0\0\0\0WEBPVP8 ", "photo.webp"),
        ("document", b"%PDF-1.7", "document.pdf"),
        ("document", b"\x89PNG\r\n", "document.png"),
        ("document", b"something", "document.bin"),
        ("video", b"\0\0\0\x18ftypmp42", "video.mp4"),
        ("audio", b"\0\0\0\x18ftypM4A ", "audio.m4a"),
        ("audio", b"\xff\xfb\x90", "audio.mp3"),
        ("audio", b"OggS\0", "audio.ogg"),
    ],
)
def test_names_on_the_way_tell_the_kind_only(kind: str, head: bytes, name: str) -> None:
    assert file_name(kind, head) == name


def test_forget() -> None:
    assert asked(out(Act.FORGET)) == []
    own = [("deleteMessage", {"chat_id": 71, "message_id": 41})]  # and nothing blanked: it may be the person's
    assert asked(out(Act.FORGET, message="41")) == asked(out(Act.FORGET, message="41"), "5") == own
    blank = {"chat_id": 71, "message_id": 5, "text": "…", **PLAIN, "reply_markup": NO_KEYS}
    assert asked(out(Act.FORGET), "5") == [
        ("deleteMessage", {"chat_id": 71, "message_id": 5}),
        ("editMessageText", blank),
    ]


def test_button_data_is_counted_in_bytes() -> None:
    asked(out(Act.NOTE, buttons=[[Button("x", "灯" * 21)]]))
    with pytest.raises(ValueError, match="64 bytes"):
        request(out(Act.NOTE, buttons=[[Button("x", "灯" * 22)]]), "")


def test_texts_are_clipped_between_characters() -> None:
    assert clipped("", 10) == clipped(" \n", 10) == clipped("\0", 10) == "…"
    assert clipped("a\0\ud800", 10) == "a\ufffd"
    assert clipped("x" * 4096, 4096) == "x" * 4096
    assert clipped("😀" * 2048, 4096) == "😀" * 2048
    assert clipped("😀" * 2049, 4096) == "😀" * 2047 + "…"


@given(st.text(st.characters(codec=None), max_size=40), st.integers(2, 30))
def test_clipped_is_always_taken(text: str, limit: int) -> None:
    taken = clipped(text, limit)
    assert taken.strip()
    assert len(taken.encode("utf-16-le")) <= 2 * limit
