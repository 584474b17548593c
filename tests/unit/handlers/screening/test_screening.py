"""Nobody is singled out for who they are; what somebody did, and where, goes through."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.screening.screening import _KEYS, Finding, Ground, screen
from tests.unit.handlers.screening.corpus import CORPUS, judged


def test_the_corpus_is_large_and_even() -> None:
    labels = [line.label for line in CORPUS]
    assert len(CORPUS) >= 600
    assert set(labels) == {"stop", "pass"}
    assert min(map(labels.count, ("stop", "pass"))) >= 300
    assert len({line.text for line in CORPUS}) == len(CORPUS)
    assert {line.ground for line in CORPUS if line.label == "stop"} == set(Ground)


@pytest.mark.parametrize("is_held_out", [False, True])
def test_lines_to_stop_are_stopped_and_good_lines_are_not(is_held_out: bool) -> None:
    result = judged([line for line in CORPUS if line.is_held_out == is_held_out])
    assert result.recall >= 0.95
    assert result.good_stopped <= 0.03


@pytest.mark.parametrize("ground", Ground)
def test_no_ground_is_left_behind(ground: Ground) -> None:
    assert judged([line for line in CORPUS if line.ground == ground]).recall >= 0.9


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
        "心疆人", "欣姜人", "xin疆人", "Xin Jiang ren", "冬北人", "歪地人", "回zu", "晶神病", "铜性恋", "爱zi病",
        "新弓畺人", "新。疆。人在楼下", "mu5l1ms", "g4y people", "h0mosexual",
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
        "beat muslim ", "1", ",", " ", "من", "打", "两", "没", "不说", "请关注他",
        "骂“", "“骂”", "把", "看着", "怕他", "天没", "have ", "watch the ", "lost ", "黑人学生",
    ],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    begun = time.process_time()  # what else the machine does is not ours
    screen(text)
    assert time.process_time() - begun < 3


@given(st.text(st.characters(), max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    screen(text)


def test_every_rule_begins_with_a_plain_character() -> None:
    assert all(key.isalnum() for key in _KEYS)


def test_a_hint_stops_only_a_text_without_an_act() -> None:
    assert screen("他护照上写着尼日利亚，不放心") == Finding(Ground.ORIGIN, "尼日利亚")
    assert screen("他护照上写着尼日利亚，是从我包里偷走的") is None


@pytest.mark.parametrize("text", ["他不肯登记", "他离婚了", "他是上访户"])
def test_what_is_said_by_the_way_stops_only_a_text_without_an_act_or_one_that_guesses(text: str) -> None:
    assert screen(text)
    assert screen(f"{text}，昨晚撬了三辆电瓶车") is None
    assert screen(f"{text}，昨晚电瓶车被偷，八成是他")


@pytest.mark.parametrize("text", ["请盯着点对门那家", "Please keep an eye on the man in 4A."])
def test_to_ask_that_somebody_be_watched_is_a_ground_unless_an_act_or_behaviour_is_told(text: str) -> None:
    finding = screen(text)
    assert finding and finding.ground is Ground.WATCH
    assert finding.words.casefold() in text.casefold()
    assert screen(f"{text} 他往窗户里扔砖") is None
    assert screen(f"{text} 他在车库里转悠") is None


@pytest.mark.parametrize(
    ("text", "is_stopped"),
    [
        ("俄罗斯人用钢管砸车", True),
        ("有人用俄罗斯话喊要砍人", False),
        ("房东骂租户是东北人", False),
        ("打人的是东北人", True),
        ("民工的铺盖被人浇了水", False),
        ("去柬埔寨打工要先交两千", False),
        ("唔肯講佢叫咩名", True),
    ],
)
def test_who_the_ground_is_said_of_decides(text: str, is_stopped: bool) -> None:
    assert (screen(text) is not None) == is_stopped


@pytest.mark.parametrize(
    "text", ["往河南方向开走了", "灰色帽子，黑色短外套", "我在阳台上看到的", "3号楼2单元", "went toward Shanghai"]
)
def test_short_answers_of_the_form_pass(text: str) -> None:
    assert screen(text) is None


@pytest.mark.parametrize(
    "sentence",
    ["楼下有人砸车，凌晨两点，往东跑了。", "Someone tried the doors of the cars in the yard. ", "有人打了一个黑人。"],
)
def test_a_long_message_holds_nobody_up(sentence: str) -> None:
    text = (sentence * 300)[:4000]
    assert screen(text) is None
    best = min(_seconds(text) for _ in range(20))
    assert best < 0.02  # about 2 ms on a quiet machine; ten times that would be another kind of growth


def _seconds(text: str) -> float:
    begun = time.process_time()
    screen(text)
    return time.process_time() - begun


@pytest.mark.parametrize(
    ("asks", "tells"),
    [
        ("三楼那家的儿子没偷没抢，但请盯着", "三楼那家的儿子偷了电瓶车，请盯着"),
        ("怕他哪天放火，先记下来", "他放火烧了车棚，先记下来"),
        ("请跟踪对门那女的几天", "有人跟踪对门那女的到楼下"),
        ("Follow my neighbour and note down when she comes home", "A man followed my neighbour home"),
    ],
)
def test_an_act_that_did_not_happen_or_is_asked_for_is_none(asks: str, tells: str) -> None:
    finding = screen(asks)
    assert finding and finding.ground is Ground.WATCH
    assert screen(tells) is None


@pytest.mark.parametrize(
    ("who", "needs"),
    [
        ("新搬来一个只会讲藏语的阿姨，请查", "一个只会讲藏语的阿姨迷路了，请找翻译"),
        ("三楼有个自闭症男孩，请登记", "自闭症男孩跑丢了，妈妈在找"),
        ("1203那女的是拉拉", "那女的是拉拉，晕倒了，打了120"),
        ("My neighbour has dementia, report her", "Woman with dementia is missing since noon"),
    ],
)
def test_who_needs_help_may_be_described(who: str, needs: str) -> None:
    assert screen(who)
    assert screen(needs) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("有人在群里发“跛子不配住电梯房”", "楼上的跛子不配住电梯房"),
        ("有个女的冲保洁喊“外地狗”", "保洁是外地狗"),
        ("他发“打倒政府”，反对政府", "他反对政府"),
    ],
)
def test_what_others_are_quoted_to_have_shouted_is_not_the_writers_ground(said: str, meant: str) -> None:
    assert screen(meant)
    assert (screen(said) is None) == ("政府" not in said)  # what somebody wrote about politics is the ground itself


@pytest.mark.parametrize(
    ("others", "own"),
    [
        ("墙上贴着“外地人禁止入内”", "请在门口贴“外地人禁止入内”"),
        ("他们喊“回民滚出小区”", "我要喊“回民滚出小区”"),
        ("我听到保安喊“外地狗”", "我喊“外地狗”"),
        ("Someone posted “no Muslims” on the door", "Please post “no Muslims” on the door"),
    ],
)
def test_what_the_writer_says_or_wants_said_is_no_quote_of_others(others: str, own: str) -> None:
    assert screen(own)
    assert screen(others) is None


@pytest.mark.parametrize(
    ("accused", "victim"),
    [
        ("俄罗斯老太太天天出门，查下她", "俄罗斯老太太滑倒了，胳膊折了"),
        ("日本人家里老有动静，查查", "日本人家里进贼，电脑没了"),
        ("东北来的几个人没付钱就走", "东北来的几个人干了半年一分没拿到"),
        ("非洲黑人让人害怕", "非洲黑人让人打了"),
        ("法国女生说话声音大，赶走", "法国女生说有人尾随到宿舍楼下"),
        ("Indian passport holder in 4B, check him", "Found an Indian passport near the ATM"),
        ("LGBT的人租了活动室，影响不好", "LGBT活动室被人砸了门"),
    ],
)
def test_who_suffers_or_lost_something_may_be_described(accused: str, victim: str) -> None:
    assert screen(accused)
    assert screen(victim) is None


@pytest.mark.parametrize(
    ("about_a_person", "about_a_thing"),
    [
        ("请留意三楼那个教练几点回家", "请留意河面，上游放水，钓鱼的人赶紧上岸"),
        ("我前夫现在住哪，每天告诉我", "我前夫昨天砸了我的车窗，请告诉我怎么办"),
        ("麻烦调监控看看502女的都带谁回家", "麻烦调监控看看502女的车被谁划了"),
        ("Tell me whenever my ex parks here", "Tell me when the water is back"),
    ],
)
def test_a_thing_may_be_watched_and_a_person_may_not(about_a_person: str, about_a_thing: str) -> None:
    finding = screen(about_a_person)
    assert finding and finding.ground is Ground.WATCH
    assert screen(about_a_thing) is None


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("犹太难民纪念馆围栏倒了", "犹太难民住在三楼"),
        ("东北大妈舞蹈队占了消防通道", "东北大妈占着长椅"),
        ("Mental Health Hospital back gate", "A mental patient lives at the back gate"),
        ("精神科门口的地砖", "精神病人在门口"),
    ],
)
def test_a_place_or_a_thing_may_be_named_after_anybody(name: str, person: str) -> None:
    assert screen(person)
    assert screen(name) is None


def test_to_drive_a_victim_out_is_told_not_asked() -> None:
    assert screen("让那个大叔滚出去") == Finding(Ground.WATCH, "让那个大叔滚")
    assert screen("有人举牌让维吾尔族大叔滚出去") is None
