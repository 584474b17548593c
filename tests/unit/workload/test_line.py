"""A week's figures in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workload.figures import MOST, Item
from workload.line import LineProblem, read_line

NAMES = {
    "走访": Item.VISITED,
    "登记": Item.TAKEN,
    "变更": Item.CHANGED,
    "注销": Item.CANCELLED,
    "当日录入": Item.SAME_DAY,
    "登记当日": Item.SAME_DAY,
    "核查": Item.CERTIFICATE_CHECKS,
    "自查": Item.SELF_CHECKS,
    "一标三实": Item.REPORTS,
    "工时": Item.HOURS,
    "小时": Item.HOURS,
    "visited": Item.VISITED,
    "taken": Item.TAKEN,
    "same day": Item.SAME_DAY,
    "Hours": Item.HOURS,
}
WEEK = {Item.VISITED: 32, Item.TAKEN: 11, Item.CHANGED: 4, Item.CANCELLED: 2}


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("走访 32 登记 11 变更 4 注销 2", WEEK),
        ("注销2变更4登记11走访32", WEEK),
        ("走访三十二登记十一变更四注销两条", WEEK),
        ("走访：32户，登记：11条；变更＝4、注销 ２", WEEK),
        ("- 走访 32\n- 登记 11\n- 变更 4\n- 注销 2", WEEK),
        ("走访 32/登记 11/变更 4.注销 2。", WEEK),
        ("visited 32, taken 11", {Item.VISITED: 32, Item.TAKEN: 11}),
        ("VISITED:32 Same  Day 5 hours 38h", {Item.VISITED: 32, Item.SAME_DAY: 5, Item.HOURS: 38}),
        ("登记当日 3 登记 11", {Item.SAME_DAY: 3, Item.TAKEN: 11}),  # the longest name
        ("走访 1,200 登记 0", {Item.VISITED: 1200, Item.TAKEN: 0}),
        ("走访32一标三实5", {Item.VISITED: 32, Item.REPORTS: 5}),
        ("工时 12 小时 走访 3", {Item.HOURS: 12, Item.VISITED: 3}),  # a unit
        ("走访 3 小时 12", {Item.VISITED: 3, Item.HOURS: 12}),  # a name
        ("走访3小时12小时", {Item.VISITED: 3, Item.HOURS: 12}),
    ],
)
def test_what_is_read(line: str, figures: dict[Item, int]) -> None:
    assert read_line(line, NAMES) == figures


@pytest.mark.parametrize(
    ("line", "reason", "name"),
    [
        ("", "empty", ""),
        (" ，。", "empty", ""),
        ("注消 2", "unknown", "注消"),
        ("走访32注消2", "unknown", "注消"),
        ("走访 32 三查 5", "unknown", "三查"),
        ("visitedtaken 3", "unknown", "visitedtaken"),
        ("走访 32 走访 3", "twice", "走访"),
        ("走访 32 visited 32", "twice", "visited"),
        ("工时 3 小时 12", "twice", "小时"),
        ("走访 登记 3", "no_figure", "走访"),
        ("登记 3 走访", "no_figure", "走访"),
        ("走访 很好", "no_figure", "走访"),
        ("32 走访", "no_item", "32"),
        ("走访 32 11", "no_item", "11"),
        ("走访 32，三十", "no_item", "三十"),
        ("走访 约 30 户 登记 3", "about", "走访"),
        ("走访30+登记 3", "about", "走访"),
        ("登记 3 走访 大概三十", "about", "走访"),
        ("走访 30户左右", "about", "走访"),
        ("走访 11月20日", "date", "走访"),
        ("走访 11-20 登记 3", "date", "走访"),
        ("走访 -3", "negative", "走访"),
        ("走访 3.5 登记 2", "decimal", "走访"),
        ("工时 三小时半", "decimal", "工时"),
        ("工时 30小时左右", "about", "工时"),
        ("走访 10^9 登记 2", "huge", "走访"),
        ("走访 1000000000", "huge", "走访"),
        ("走访 百", "none", "走访"),
    ],
)
def test_what_cannot_be_read_is_named(line: str, reason: str, name: str) -> None:
    with pytest.raises(LineProblem) as problem:
        read_line(line, NAMES)
    assert (problem.value.reason, problem.value.name) == (reason, name)


def test_the_nearest_names_of_different_items_are_offered() -> None:
    def nearest(line: str) -> tuple[str, ...]:
        with pytest.raises(LineProblem) as problem:
            read_line(line, NAMES)
        return problem.value.nearest

    assert nearest("注消 2") == ("注销",)
    assert nearest("三查 2") == ("核查", "自查")
    assert nearest("visitd 2")[0] == "visited"
    assert nearest("好好好 2") == ()
    assert nearest("走访 3 登记日 2") == ()  # 登记 is known: what it says has no figure
    two = {"一甲": Item.VISITED, "一乙": Item.VISITED, "一丙": Item.TAKEN}
    with pytest.raises(LineProblem) as problem:
        read_line("一己 2", two)
    assert {two[name] for name in problem.value.nearest} == {Item.VISITED, Item.TAKEN}
    assert len(problem.value.nearest) == 2
    many = {f"一{sign}": item for sign, item in zip("甲乙丙丁戊", Item, strict=False)}
    with pytest.raises(LineProblem) as problem:
        read_line("一己 2", many)
    assert len(problem.value.nearest) == 3 and set(problem.value.nearest) <= set(many)


@given(st.dictionaries(st.sampled_from(list(WEEK)), st.integers(0, MOST), min_size=1), st.data())
def test_the_order_and_what_stands_between_do_not_matter(figures: dict[Item, int], data: st.DataObject) -> None:
    written = {item: name for name, item in reversed(NAMES.items())}
    between = data.draw(st.sampled_from([" ", "", "，", "\n", "; "]))
    colon = data.draw(st.sampled_from(["", " ", "：", ": "]))
    unit = data.draw(st.sampled_from(["", "户", "条", " 次"]))
    items = data.draw(st.permutations(list(figures)))
    line = between.join(f"{written[item]}{colon}{figures[item]}{unit}" for item in items)
    assert read_line(line, NAMES) == figures


@given(
    st.lists(
        st.sampled_from([*NAMES, "32", "三十", "约", "户", "小时", "h", " ", "，", "-", "+", "."]), max_size=8
    ).map("".join)
    | st.text(max_size=30)
)
def test_no_line_ends_in_anything_but_figures_or_a_named_problem(line: str) -> None:
    try:
        assert all(0 <= amount <= MOST for amount in read_line(line, NAMES).values())
    except LineProblem as problem:
        assert problem.name or problem.reason == "empty"
