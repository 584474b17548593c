"""The monthly analysis in words and as a picture, from figures alone (duty M3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chat.day import brief
from chat.texts import listed, text
from exports.analysis import Analysis, Section, Table
from exports.board import Board, BoardRow, Cell, Column, Legend, State
from handlers.workload import amounts
from workload.analysis import Change, LastYear, Month, Rate, Trend, changes, compared, rates, records
from workload.figures import Item
from workload.rates import TARGETS, Quality, Verdict, percent
from workload.same_day import shortfall
from workload.standing import judged

PICTURED = (Item.VISITED, Item.TAKEN, Item.CHANGED, Item.CANCELLED, Item.SELF_CHECKS, Item.HOURS)


@dataclass(frozen=True, slots=True)
class Words:
    """What a cadre told for the analysis; None: nothing was told, empty: that there is nothing."""

    difficulties: str | None = None
    suggestions: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """All that an analysis is made of. `made` is in the zone in which it is shown; `over`: the month is."""

    place: str
    month: Month
    before: Month
    last_year: LastYear
    before_last_year: LastYear
    words: Words
    over: bool
    made: datetime
    zone: str


def month_named(told: Told, language: str) -> str:
    """The month as it is headed, and until when it is where it is not over."""
    first, last = told.month.first, told.month.last
    named = text(language, "analysis-month", year=str(first.year), month=str(first.month))
    return named if told.over else text(language, "analysis-so-far", month=named, day=brief(last, language))


def written(told: Told, language: str) -> Analysis:
    """The analysis as it is printed."""
    return Analysis(
        text(language, "analysis-title"),
        told.place,
        month_named(told, language),
        (text(language, "analysis-made", at=f"{told.made:%Y-%m-%d %H:%M}", zone=told.zone),),
        tuple(_sections(told, language)),
        _rates_table(told, language),
        None,
        told.made,
    )


def caption(told: Told, language: str) -> str:
    """What the analysis is, in one line."""
    return text(language, "analysis-caption", place=told.place, month=month_named(told, language))


def share(rate: Rate, language: str) -> str:
    """A rate in percent with its counts."""
    return text(language, "analysis-share", percent=f"{rate.percent:.1f}", part=str(rate.part), whole=str(rate.whole))


def brief_line(quality: Quality, rate: Rate | None, language: str) -> str:
    """A rate on a card: its figures and a sign, or that there are none."""
    if rate is None:
        figures, sign = text(language, "analysis-none"), ""
    else:
        figures, sign = share(rate, language), text(language, f"analysis-sign-{rate.verdict}")
    return text(language, "analysis-line", quality=_called(quality, language), figures=figures, sign=sign)


def rate_line(quality: Quality, rate: Rate | None, language: str) -> str:
    """A rate against its target in one sentence; of one that is not known, why."""
    if rate is None:
        return text(language, f"analysis-missing-{quality}")
    return text(
        language,
        f"analysis-rate-{rate.verdict}",
        quality=_called(quality, language),
        share=share(rate, language),
        target=f"{rate.target:.0f}",
        missing=f"{rate.missing:.1f}",
    )


def _called(quality: Quality, language: str) -> str:
    return text(language, f"analysis-quality-{quality}")


def _rates_table(told: Told, language: str) -> Table:
    now, before, none = rates(told.month), rates(told.before), text(language, "analysis-none")
    rows = []
    for quality in Quality:
        there, then = now.get(quality), before.get(quality)
        target = text(language, "analysis-percent", percent=f"{percent(TARGETS[quality]):.0f}")
        result = text(language, f"analysis-{there.verdict if there else Verdict.UNKNOWN}")
        counts = f"{there.part}/{there.whole}" if there else none
        shown = [_percent(each, language) if each else none for each in (there, then)]
        rows.append((_called(quality, language), shown[0], counts, target, result, shown[1]))
    header = _header(("rate", "now", "counts", "target", "result", "before"), language)
    return Table(text(language, "analysis-rates"), header, tuple(rows))


def _percent(rate: Rate, language: str) -> str:
    return text(language, "analysis-percent", percent=f"{rate.percent:.1f}")


def _header(names: Iterable[str], language: str) -> tuple[str, ...]:
    return tuple(text(language, f"analysis-head-{name}") for name in names)


def _sections(told: Told, language: str) -> Iterable[Section]:
    def part(name: str, sentences: Iterable[str], table: Table | None = None) -> Section:
        return Section(text(language, f"analysis-part-{name}"), tuple(sentences), table)

    found = rates(told.month)
    yield part("register", [rate_line(quality, found.get(quality), language) for quality in Quality])
    yield part("workload", _workload(told, language), _items_table(told, language))
    yield part("same_day", [_same_day(told.month, language)])
    yield part("reports", _reports(told.month, language), _tips_table(told.month, language))
    yield part("changes", _changes(told, language))
    yield part("difficulties", _paragraphs(told.words.difficulties, language))
    yield part("suggestions", _paragraphs(told.words.suggestions, language))
    yield part("origin", text(language, "analysis-origin-lines").splitlines())


def _workload(told: Told, language: str) -> Iterable[str]:
    if not told.month.figures:
        yield text(language, "analysis-no-figures")
    yield text(language, "analysis-days", days=told.month.days, before=told.last_year.days)
    there = compared(told.month, told.last_year)
    above = [amounts.name_of(each.item, language) for each in there if each.verdict is Verdict.MET]
    below = [
        text(language, "analysis-item-short", item=amounts.name_of(each.item, language), short=str(each.short))
        for each in there
        if each.verdict is Verdict.MISSED
    ]
    for name, items in (("analysis-items-above", above), ("analysis-items-below", below)):
        if items:
            yield text(language, name, items=listed(language, items))
    if not above and not below:
        yield text(language, "analysis-items-unknown")


def _items_table(told: Told, language: str) -> Table:
    none = text(language, "analysis-none")
    results = {
        Verdict.MET: text(language, "analysis-above"),
        Verdict.MISSED: text(language, "analysis-below"),
        Verdict.UNKNOWN: none,
    }
    rows = tuple(
        (
            amounts.name_of(each.item, language),
            *(none if figure is None else str(figure) for figure in (each.figure, each.last_year, each.least)),
            results[each.verdict],
        )
        for each in compared(told.month, told.last_year)
    )
    header = _header(("item", "now", "last-year", "wanted", "result"), language)
    return Table(text(language, "analysis-items"), header, rows)


def _same_day(month: Month, language: str) -> str:
    counted = records(month.figures)
    if not counted:
        return text(language, "analysis-same_day-none")
    if Item.SAME_DAY not in month.figures:
        return text(language, "analysis-same_day-untold", records=str(counted))
    same_day, short = month.figures[Item.SAME_DAY], shortfall(month.figures)
    return text(language, "analysis-same_day-told", records=str(counted), same_day=str(same_day), short=str(short))


def _reports(month: Month, language: str) -> Iterable[str]:
    filed, closed, left = month.violations_filed, month.violations_closed, month.violations_open
    yield text(language, "analysis-violations", filed=str(filed), closed=str(closed), open=str(left))
    count = sum(month.tips.values())
    yield text(language, "analysis-tips", count=str(count)) if count else text(language, "analysis-tips-none")


def _tips_table(month: Month, language: str) -> Table | None:
    rows = tuple((text(language, f"tip-kind-{kind}"), str(count)) for kind, count in month.tips.items())
    header = _header(("kind", "count"), language)
    return Table(text(language, "analysis-tips-table"), header, rows) if rows else None


def _changes(told: Told, language: str) -> Iterable[str]:
    there = changes(told.month, told.before)
    for trend in Trend:
        said = [_change(each, language) for each in there if each.trend is trend]
        if said:
            yield text(language, f"analysis-{trend}", changes=text(language, "analysis-change-between").join(said))
    known = {each.what for each in there}
    unknown = [_called(quality, language) for quality in Quality if quality not in known]
    if unknown:
        yield text(language, "analysis-change-unknown", qualities=listed(language, unknown))


def _change(change: Change, language: str) -> str:
    if change.what is None:
        name = "analysis-change-violations-same" if change.trend is Trend.SAME else "analysis-change-violations"
        return text(language, name, before=f"{change.before:.0f}", now=f"{change.now:.0f}")
    same, up, down = "analysis-change-same", "analysis-change-up", "analysis-change-down"
    name = {Trend.SAME: same, Trend.BETTER: up, Trend.WORSE: down}[change.trend]
    shown = {"before": f"{change.before:.1f}", "now": f"{change.now:.1f}"}
    return text(language, name, quality=_called(change.what, language), **shown)


def _paragraphs(words: str | None, language: str) -> list[str]:
    """What a cadre wrote; that there is nothing, or that nothing was told, in words."""
    said = [line for line in (words or "").splitlines() if line.strip()]
    return said or [text(language, "analysis-words-untold" if words is None else "analysis-words-none")]


def pictured(told: Told, language: str) -> Board:
    """The same figures as a picture: this month, and the last one below it."""
    targets = [Column(_called(quality, language), "%", percent(TARGETS[quality])) for quality in Quality]
    items = [Column(amounts.name_of(item, language)) for item in PICTURED]
    columns = (*targets, *items, Column(text(language, "analysis-violations-open")))
    rows = [
        BoardRow(
            text(language, f"analysis-{name}"), (*_rate_cells(month), *_item_cells(month, year), _open_cell(month))
        )
        for name, month, year in (("now", told.month, told.last_year), ("before", told.before, told.before_last_year))
    ]
    signs = {state.value: text(language, f"board-legend-{state}") for state in State}
    return Board(
        told.place,
        f"{text(language, 'analysis-title')}  {month_named(told, language)}",
        columns,
        tuple(rows),
        Legend(**signs, beside=text(language, "board-legend-beside")),
        (text(language, "analysis-made", at=f"{told.made:%Y-%m-%d %H:%M}", zone=told.zone),),
    )


def _rate_cells(month: Month) -> Iterable[Cell]:
    found = rates(month)
    for quality in Quality:
        there = found.get(quality)
        yield Cell(there.percent, None, State(judged(there.verdict))) if there else Cell(None, None, State.UNKNOWN)


def _item_cells(month: Month, last_year: LastYear) -> Iterable[Cell]:
    there = {each.item: each for each in compared(month, last_year)}
    return (Cell(there[item].figure, there[item].least, State(judged(there[item].verdict))) for item in PICTURED)


def _open_cell(month: Month) -> Cell:
    return Cell(month.violations_open, None, State.DUE if month.violations_open else State.DONE)
