"""How long starting takes, as ratios within one run: `python tests/benchmarks/bench_import.py [ROUNDS]`.

The yardstick is what nobody who reads ledgers can do without: `import pydantic, yaml`.  Each start is a process of its
own, whose processor time is taken less that of an empty program; the rounds are interleaved, and the least time counts.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

YARDSTICK: Final = "import pydantic, yaml"
EMPTY: Final = "pass"
STARTS: Final = {
    "import casualties": ("import casualties", 2.5),
    "casualties --version": ("from casualties.cli import main; main(['--version'])", 1.5),
    "cs.Ledger": ("import casualties as cs; cs.Ledger", None),
    "cs.read, a seed": ("import casualties as cs; cs.seeds.load('nagorno-karabakh-2020-09-30')", None),
    "cs.reconcile, a seed": (
        "import casualties as cs; cs.reconcile(cs.seeds.load('nagorno-karabakh-2020-09-30'))",
        None,
    ),
}
"""For each start the program, and how many times the yardstick it may cost; none where it is only told."""


def cost(program: str) -> float:
    """Give the processor time of a fresh interpreter that runs a program, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = f"try:\n    {program}\nexcept SystemExit: pass"
    subprocess.run([sys.executable, "-c", text], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: Sequence[str]) -> int:
    """Print the costs, and fail where one is above what it may be."""
    rounds = int(arguments[0]) if arguments else 10
    programs = [EMPTY, YARDSTICK, *(program for program, _ in STARTS.values())]
    least = dict.fromkeys(programs, float("inf"))
    for _ in range(rounds):
        for program in programs:
            least[program] = min(least[program], cost(program))
    yardstick = least[YARDSTICK] - least[EMPTY]
    print(f"{YARDSTICK:24} {yardstick * 1000:7.0f} ms")
    above = []
    for name, (program, most) in STARTS.items():
        taken = least[program] - least[EMPTY]
        ratio = taken / yardstick
        print(f"{name:24} {taken * 1000:7.0f} ms   {ratio:5.2f} times{f', may be {most}' if most else ''}")
        above += [name] if most and ratio > most else []
    return 1 if above else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
