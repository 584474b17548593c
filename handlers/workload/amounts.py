"""Amounts and lines of figures as forms and chats take them, with friendly words for what is none (duty W1)."""

from collections.abc import Mapping, Sequence
from functools import cache

from chat.forms import FieldProblem
from chat.texts import LANGUAGES, listed, text
from workload.figures import MOST, Figures, Item
from workload.line import LineProblem, read_line
from workload.numerals import AmountProblem, read_amount


@cache
def names() -> Mapping[str, Item]:
    """What the items are called, in every language: one name or several, with spaces between."""
    return {
        name: item
        for language in LANGUAGES
        for item in Item
        for name in (name_of(item, language), *text(language, f"workload-names-{item}").split("/"))
    }


def name_of(item: Item, language: str) -> str:
    """An item as it stands on a card."""
    return text(language, f"workload-item-{item}")


def amount(said: str) -> int:
    """The amount that somebody typed. Raises FieldProblem."""
    try:
        return read_amount(said)
    except AmountProblem as problem:
        raise FieldProblem(f"amount-{problem.reason}", most=MOST) from problem


def figures(said: str, language: str) -> dict[Item, int]:
    """The figures of a line that somebody typed. Raises FieldProblem."""
    try:
        return read_line(said, names())
    except LineProblem as problem:
        if problem.reason == "unknown":
            near = listed(language, problem.nearest)
            code = "line-unknown-near" if near else "line-unknown"
            raise FieldProblem(code, name=problem.name, near=near) from problem
        if problem.reason in ("twice", "no_figure", "no_item", "empty"):
            raise FieldProblem(f"line-{problem.reason.replace('_', '-')}", name=problem.name) from problem
        reason = text(language, f"amount-{problem.reason}", most=MOST)
        raise FieldProblem("line-amount", name=problem.name, reason=reason) from problem


def written(figures: Figures, language: str) -> str:
    """Figures as one line, in the order of the items."""
    return text(language, "workload-between").join(named(figures, language))


def named(figures: Figures, language: str) -> list[str]:
    """Each figure with the name of its item, in the order of the items."""
    there = [item for item in Item if item in figures]
    return [text(language, "workload-figure", item=name_of(item, language), figure=figures[item]) for item in there]


def briefly(figures: Figures, items: Sequence[Item], language: str) -> str:
    """Figures in one line of a phone, by the short names of these items."""
    said = (
        text(language, "workload-figure", item=text(language, f"workload-short-{item}"), figure=figures[item])
        for item in items
        if item in figures
    )
    return " ".join(said)


def in_lines(said: Sequence[str], language: str) -> list[str]:
    """Figures with their names, two to a line, so that a card fits on a phone."""
    return [text(language, "workload-between").join(said[n : n + 2]) for n in range(0, len(said), 2)]
