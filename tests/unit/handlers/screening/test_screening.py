"""Nobody is singled out for who they are; what somebody did, and where, goes through."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.screening.screening import _AT, Finding, Ground, screen

CORPUS = [tuple(line.split("\t")) for line in Path(__file__).with_name("corpus.tsv").read_text("utf-8").splitlines()]
FLOOR = 0.98
KNOWN_MISSES = {
    "这男的不信咱们的教，家里供奉奇怪的神像",
    "两个女的是一对，住在顶楼",
    "that woman had an abortion",
    "Report: he complained about the mayor online",
}


def test_the_corpus_is_large_and_even() -> None:
    labels = [label for label, _, _ in CORPUS]
    assert len(CORPUS) >= 320
    assert set(labels) == {"stop", "pass"}
    assert 0.4 < labels.count("stop") / len(labels) < 0.6
    assert len({text for _, _, text in CORPUS}) == len(CORPUS)


def test_only_the_known_lines_are_judged_wrongly() -> None:
    assert {text for label, _, text in CORPUS if (label == "stop") != (screen(text) is not None)} == KNOWN_MISSES


def test_recall_and_precision_keep_their_floor() -> None:
    stopped = [label for label, _, text in CORPUS if screen(text)]
    assert stopped.count("stop") / sum(label == "stop" for label, _, _ in CORPUS) >= FLOOR
    assert stopped.count("stop") / len(stopped) >= FLOOR


@pytest.mark.parametrize(
    ("text", "ground", "words"),
    [
        ("楼上住了几个维族小伙子", Ground.ETHNICITY, "维族"),
        ("Those Muslims are meeting", Ground.RELIGION, "Muslims"),
        ("小区门口有个新*疆人", Ground.ORIGIN, "新疆人"),
        ("农民工在桥下睡觉", Ground.MIGRANT, "农民工"),
        ("他有艾滋", Ground.HEALTH, "艾滋"),
        ("上访户出门了", Ground.POLITICS, "上访"),
        ("602住的是同性恋", Ground.SEXUALITY, "同性恋"),
        ("他没有身份证", Ground.NO_PAPERS, "没有身份证"),
    ],
)
def test_the_ground_and_the_words_are_named(text: str, ground: Ground, words: str) -> None:
    assert screen(text) == Finding(ground, words)


@pytest.mark.parametrize(
    "text",
    [
        "新 疆 人", "新.疆.人", "新\u200b疆\u200b人", "新\u202e疆人", "新😀疆人", "新🏽疆人", "新_疆_人",
        "ＸＩＮＪＩＡＮＧ人",
        "x.j.人", "X J 人", "hn人", "M u s l i m s", "MUSLIMS", "Мuslims", "Mus\u0301lims", "m-u-s-l-i-m", "東北人",
    ],
)  # fmt: skip
def test_tricks_of_writing_do_not_help(text: str) -> None:
    assert screen(text)


@pytest.mark.parametrize(
    ("doer", "target"),
    [
        ("新疆人打了一个孩子", "有人打了一个新疆人"),
        ("被几个外地人打了", "外地人被几个人打了"),
        ("a Muslim attacked a man", "a man attacked a Muslim"),
    ],
)
def test_the_target_of_an_act_is_spared_and_the_doer_is_not_named(doer: str, target: str) -> None:
    assert screen(doer)
    assert screen(target) is None


@pytest.mark.parametrize(
    "piece",
    [
        "新*", "a", "a ", "\u0301", "\u0301\u0323", "\0", "\u202e新", "😀", "往", "黑人被", "beat ",
        "beat muslim ", "1", ",", " ", "من", "打", "两",
    ],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    begun = time.perf_counter()
    screen(text)
    assert time.perf_counter() - begun < 2


@given(st.text(st.characters(), max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    screen(text)


def test_every_rule_begins_with_a_plain_character() -> None:
    assert all(first.isalnum() for first in _AT)
