"""Draws boards of an invented town, to be looked at: `python docs/pictures/make_boards.py` writes them beside it."""

import random
from pathlib import Path

from exports.board import Board, BoardRow, Cell, Column, Legend, State, picture

LEGEND = Legend("已完成", "待完成", "逾期", "未达标", "无数据", "去年同月")
COLUMNS = (
    Column("周报", "份"),
    Column("走访", "户"),
    Column("登记率", "%", 91),
    Column("准确率", "%", 91),
    Column("覆盖率", "%", 100),
    Column("当日录入", "%", 100),
    Column("自查", "次"),
    Column("台账检查"),
)
NAMES = (
    *("南苑第一社区", "东溪新村", "柳河居委会", "望江路社区", "北仓里", "石桥头社区", "青年公园社区", "西园"),
    *("和平里第二居民委员会", "新华机械厂家属区居民委员会第三片区", "老码头社区", "梅园", "长堤社区", "金星村"),
)


def board(committees: int) -> Board:
    """A month of so many committees; the same at every run."""
    chance = random.Random(committees)
    rows = []
    for name in NAMES[:committees]:
        cells = [Cell(chance.randint(3, 16), None, chance.choice((State.DONE, State.DONE, State.DUE, State.OVERDUE)))]
        visited, before = chance.randint(180, 1450), chance.randint(180, 1450)
        cells.append(Cell(visited, before, State.BELOW if visited < before else State.DONE))
        for column in COLUMNS[2:6]:
            assert column.target is not None
            rate = min(100.0, round(chance.gauss(column.target + 1, 3), 1))
            if chance.random() < 0.1:
                cells.append(Cell(None, None, State.UNKNOWN))
            else:
                state = State.DONE if rate >= column.target else State.BELOW
                cells.append(Cell(rate, round(chance.uniform(85, 100), 1), state))
        cells.append(Cell(chance.randint(0, 2), 2, chance.choice((State.DONE, State.DUE))))
        cells.append(Cell(None, None, chance.choice((State.DONE, State.DUE, State.OVERDUE))))
        rows.append(BoardRow(name, tuple(cells)))
    notes = ("周报截至周五 17:00；登记率、准确率按民警抽查计算。", "数据更新于 2026-11-27 17:05（北京时间）")
    return Board("梧桐街道工作看板", f"2026 年 11 月 · {committees} 个居委会", COLUMNS, tuple(rows), LEGEND, notes)


def main() -> None:
    """Write board-3.png and board-14.png."""
    for committees in (3, 14):
        Path(__file__).with_name(f"board-{committees}.png").write_bytes(picture(board(committees)))


if __name__ == "__main__":
    main()
