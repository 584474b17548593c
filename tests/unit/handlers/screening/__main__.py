"""How well the screening judges the corpus: `python -m tests.unit.handlers.screening`."""

from handlers.screening.screening import Ground
from tests.unit.handlers.screening.corpus import CORPUS, Judged, judged


def main() -> None:
    for title, lines in (
        ("to write rules by", [line for line in CORPUS if not line.is_held_out]),
        ("held out to measure on", [line for line in CORPUS if line.is_held_out]),
        ("all", CORPUS),
    ):
        result = judged(lines)
        print(
            f"{title}: {len(lines)} lines, recall {result.recall:.3f}, precision {result.precision:.3f}, "
            f"good lines stopped {result.good_stopped:.3f}"
        )
    for ground in Ground:
        lines = [line for line in CORPUS if line.ground == ground]
        print(f"  {ground:<10} {len(lines):4} lines, recall {judged(lines).recall:.3f}")
    _print_mistakes(judged(CORPUS))


def _print_mistakes(result: Judged) -> None:
    for line in result.missed:
        print("missed ", line.ground, line.text, sep="\t")
    for line in result.wronged:
        print("wronged", "", line.text, sep="\t")


if __name__ == "__main__":
    main()
