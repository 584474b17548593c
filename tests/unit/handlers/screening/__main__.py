"""How well the screening judges the corpus: `python -m tests.unit.handlers.screening`."""

from pathlib import Path

from handlers.screening.screening import screen

CORPUS = Path(__file__).with_name("corpus.tsv")


def main() -> None:
    lines = [line.split("\t") for line in CORPUS.read_text("utf-8").splitlines()]
    judged = [(label == "stop", screen(text), text) for label, _, text in lines]
    hits = sum(stop and found is not None for stop, found, _ in judged)
    print(f"{len(judged)} lines")
    print(f"recall    {hits / sum(stop for stop, _, _ in judged):.3f}")
    print(f"precision {hits / sum(found is not None for _, found, _ in judged):.3f}")
    for stop, found, text in judged:
        if stop != (found is not None):
            print("missed " if stop else "wronged", text, found or "", sep="\t")


if __name__ == "__main__":
    main()
