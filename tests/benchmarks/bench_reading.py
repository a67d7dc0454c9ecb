"""How long reading a ledger takes, beside PyYAML's C loader on one file: `python -m tests.benchmarks.bench_reading`.

The loader makes dictionaries of texts and checks nothing; reading makes claims that are checked, with their identities
and the rows from which they are reconciled.  All take turns, so that a noisy machine disturbs all alike.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

import yaml
from tests.benchmarks.bench_reconcile import ledger

import casualties as cs


def taken(act: Callable[[], object]) -> float:
    """Give how long an act takes, in seconds of the processor, while the collector of circular garbage rests."""
    gc.collect()
    gc.disable()
    begin = process_time()
    act()
    found = process_time() - begin
    gc.enable()
    return found


def main(claims: int, rounds: int = 12) -> None:
    """Print one line for each format."""
    drawn = ledger(claims)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"ledger.{name}" for name in ("yaml", "json", "csv")]
        for path in paths:
            cs.write(drawn, path)
        text = paths[0].read_text(encoding="utf-8")
        acts: dict[str, Callable[[], object]] = {path.suffix[1:]: partial(cs.read, path) for path in paths}
        acts["PyYAML's C loader"] = partial(yaml.load, text, Loader=yaml.CSafeLoader)
        least = dict.fromkeys(acts, 99.0)
        for _ in range(rounds):
            for name, act in acts.items():
                least[name] = min(least[name], taken(act))
    yardstick = least["PyYAML's C loader"]
    print(f"{'read':>18} {'ms':>8} {'ratio':>7}")
    for name, time in least.items():
        print(f"{name:>18} {time * 1e3:>8.1f} {time / yardstick:>7.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
