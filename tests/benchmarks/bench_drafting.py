"""A megabyte of news drafted: ordinary articles, nothing but casualty sentences, and sentences repeated to be worst.

Run it with ``python tests/benchmarks/bench_drafting.py [SIZE]``, the size in bytes (1,000,000).  Beside every time
stands how often a loop of ten million additions fits into it, since seconds do not carry over to another machine, and
how it grew from half the size: 2 is linear.
"""

from __future__ import annotations

import sys
from itertools import chain, cycle, islice
from pathlib import Path
from time import process_time

import yaml

import casualties as cs

STATEMENTS = Path(__file__).parents[1] / "drafting" / "statements.yaml"
FILLER = (
    "The council met on Tuesday to discuss the harvest. Roads to the north were open again, the ministry said. "
    "Shops in the old town sold bread and tea, and children went back to school after the long break. "
)
REPEATED = ("He said 3 died. ", '"3 died," he said. ')


def seconds(text: str) -> float:
    """Draft a text once and give the seconds of processor time."""
    start = process_time()
    cs.draft(text, published="2021-03-01")
    return process_time() - start


def loop() -> float:
    """Add ten million times, the measure of this machine."""
    start = process_time()
    sum(1 for _ in range(10_000_000))
    return process_time() - start


def filled(parts: list[str], size: int) -> str:
    """Repeat parts until a text is of a size."""
    share = size // sum(map(len, parts)) + 1
    return "".join(chain.from_iterable(islice(cycle([parts]), share)))[:size]


def texts() -> dict[str, list[str]]:
    """Give the parts of each kind of text."""
    sentences = [f"{entry['text']}\n\n" for entry in yaml.safe_load(STATEMENTS.read_text(encoding="utf-8"))]
    return {
        "articles": [part for sentence in sentences for part in (sentence, FILLER * 3, "\n\n")],
        "casualty sentences alone": sentences,
        **{f"repeated {sentence!r}": [sentence] for sentence in REPEATED},
    }


def main() -> None:
    """Print one line a kind of text."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    cs.draft("Three people died.")
    measure = loop()
    print(f"ten million additions: {measure:.2f} s")
    for name, parts in texts().items():
        half, whole = seconds(filled(parts, size // 2)), seconds(filled(parts, size))
        print(f"{name}: {whole:.2f} s, {whole / measure:.1f} loops, {whole / half:.2f} times the half")


if __name__ == "__main__":
    main()
