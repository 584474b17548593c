"""The limits of scope.md, each broken by a failing test: no column, field, setting or header about who somebody is.

English names are looked at in the code, Chinese and English ones in whatever the screen calls a question or an answer.
"""

import re

import pytest
from sqlmodel import SQLModel

import models  # noqa: F401
from bot import importing, read_log
from bot.settings import Settings
from chat.texts import LOCALES
from handlers import dispatch, suspicious_activity  # noqa: F401 – dispatch knows every form
from handlers.form_card import CONVERSATIONS

_IDENTITY = re.compile(
    r"ethnic|nation|minorit|relig|faith|church|mosque|origin|birthplace|native|migra|hukou|huji|resident_|household|race"
    r"|racial|(?<![a-z])skin|health|disab|illness|disease|hiv|mental|politic|party|belief|union|sexual|gender|(^|_)sex($|_)|orient"
    r"|marital|married|pregnan|family|passport|identity|id_?card|id_?num|(^|_)ssn|phone|mobile|(^|_)tel($|_)|wechat|email"
    r"|birth|(^|_)age$|face|biometr|fingerprint|suspect|offender|criminal|watch|score|track|papers|permit|visa|refus|plate"
    r"|surname|(^|_)names?$|(^|_)whom?$|person_|victim",
    re.I,
)
_IDENTITY_ZH = re.compile(
    r"民族|族别|少数民族|宗教|信仰|教派|国籍|籍贯|出生|原籍|户籍|户口|外来|流动人口|暂住|居住证|健康|疾病|残疾|精神病"
    r"|怀孕|政治面貌|党派|观点|性别|性取向|婚姻|婚否|家庭成员|身份证|证件|护照|电话|手机|微信|邮箱|年龄|生日|人脸|指纹"
    r"|嫌疑人|前科|重点人员|关注对象|评分|打分|姓名|姓氏|车牌"
)
# Names that look like it and are none: of staff, accounts, places, keys, files; and what a giver wants to be called.
_ALLOWED = {
    "person.name",
    "account.name",
    "place.name",
    "sealing_key.name",
    "attachment.name",
    "paper.name",
    "tip.name",
    "people.csv: name",
    "places.csv: name",
    "read log: name",
}
# Fraud is an act, whatever it is done with; what a giver is called is theirs to say.
_ALLOWED_TEXTS = {"上门或电话行骗", "Fraud attempt at the door or by phone", "Name"}


def _bad(names: list[str]) -> list[str]:
    assert names
    return [n for n in names if _IDENTITY.search(re.split(r"[.:] ?", n)[-1]) and n not in _ALLOWED]


def test_no_column_is_about_who_somebody_is() -> None:
    assert not _bad([f"{table.name}.{c.name}" for table in SQLModel.metadata.tables.values() for c in table.columns])


def test_no_question_and_no_choice_is_about_who_somebody_is() -> None:
    forms = [(name, step, question) for name, c in CONVERSATIONS.items() for step, question in c.form.questions.items()]
    assert not _bad([f"{name}.{step}" for name, step, _ in forms])
    assert not _bad([f"{name}.{step}.{option}" for name, step, question in forms for option in question.options])


def test_no_setting_is_about_who_somebody_is() -> None:
    assert not _bad(list(Settings.model_fields))


def test_no_header_is_about_who_somebody_is() -> None:
    headers = {"people.csv": importing.PEOPLE, "places.csv": importing.PLACES, "read log": read_log.HEADER}
    assert not _bad([f"{file}: {column}" for file, columns in headers.items() for column in columns])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_question_or_choice_is_called_so_on_the_screen(language: str) -> None:
    source = (LOCALES / language / "linli.ftl").read_text("utf-8")
    forms = "|".join(sorted(CONVERSATIONS, key=len, reverse=True))
    called = re.findall(rf"^(?:{forms})-[a-z_]+-[a-z_]+ = (.+)$", source, re.M)
    assert len(called) > 40
    pattern = _IDENTITY_ZH if language == "zh" else _IDENTITY
    assert not [text for text in called if pattern.search(text) and text not in _ALLOWED_TEXTS]


def test_behaviours_are_acts() -> None:
    assert not _bad(list(suspicious_activity.BEHAVIOURS))


@pytest.mark.parametrize(
    "name", ["ethnicity", "id_card", "origin", "hukou", "phone", "face_hash", "victim_name", "sex", "suspect", "age"]
)
def test_the_list_knows(name: str) -> None:
    assert _bad([f"report.{name}"])


@pytest.mark.parametrize("name", ["民族", "籍贯", "身份证号", "联系电话", "姓名", "流动人口登记"])
def test_the_chinese_list_knows(name: str) -> None:
    assert _IDENTITY_ZH.search(name)
