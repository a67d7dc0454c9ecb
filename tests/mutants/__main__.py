"""See whether the tests notice mutants of the rules: `python -m tests.mutants --size 300 [--first N] [--last N]`.

Each mutant runs in a child of this process, in which the tests that know its module run until one fails.
A mutant that no test notices is listed as survived: it is a test that is missing, or a change that changes nothing.
"""

from __future__ import annotations

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from tests.mutants.changing import Mutant, changed, sample

SOURCE: Final = Path("src/casualties")
RULES: Final[dict[str, tuple[str, ...]]] = {
    "model/figure.py": (
        "src/casualties/model/figure.py",
        "tests/model/test_figure.py",
        "tests/laws/test_figure_laws.py",
    ),
    "model/period.py": ("src/casualties/model/period.py", "tests/model/test_period.py"),
    "reconciling/relations.py": ("tests/reconciling/test_relations.py", "tests/reconciling/test_inside_over_time.py"),
    "reconciling/independence.py": ("tests/reconciling/test_independence.py", "tests/reconciling/test_finding.py"),
    "reconciling/across.py": ("tests/reconciling/test_across.py",),
    "reconciling/pairs.py": ("tests/reconciling/test_finding.py", "tests/reconciling/test_position.py"),
    "reconciling/support.py": ("tests/reconciling/test_support.py",),
    "reconciling/evidence.py": ("tests/reconciling/test_evidence.py",),
    "reconciling/kernel/": ("tests/reconciling", "tests/oracle"),
    "bounding/_propagation.py": (
        "tests/bounding/test_system.py",
        "tests/bounding/test_bounds.py",
        "tests/laws/test_bounds_laws.py",
    ),
}
"""The rules, each with the tests that know it best, the quickest first."""

EVERYBODY: Final = (
    "tests/reconciling",
    "tests/oracle",
    "tests/laws/test_reconciliation_laws.py",
    "tests/test_results.py",
)
"""What is run where the nearest tests noticed nothing."""

TIMES: Final = 5
"""How many times as long as without a change the tests of a mutant may take; one that takes longer is noticed."""

LEAST: Final = 60.0
"""How many seconds the tests of a mutant may take at least."""


def modules() -> list[Path]:
    """Give the modules of the rules."""
    found = []
    for name in RULES:
        place = SOURCE / name
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return [each for each in found if each.name != "__init__.py"]


def tests_of(module: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the nearest tests of a module, and those of everybody that are left."""
    name = module.relative_to(SOURCE).as_posix()
    near = next(
        tests for rule, tests in RULES.items() if name == rule or (rule.endswith("/") and name.startswith(rule))
    )
    return near, tuple(each for each in EVERYBODY if each not in near)


class _Loader(importlib.abc.SourceLoader):
    """Loads a module from another text than its file's."""

    def __init__(self, path: str, text: str) -> None:
        self._path, self._text = path, text

    def get_filename(self, fullname: str) -> str:
        return self._path

    def get_data(self, path: str) -> bytes:
        return self._text.encode()

    def path_stats(self, path: str) -> dict[str, Any]:
        raise OSError(path)  # so that nothing is kept


class _Finder(importlib.abc.MetaPathFinder):
    """Finds one module, and leaves all others to those who come after."""

    def __init__(self, mutant: Mutant) -> None:
        self._name = "casualties." + ".".join(mutant.module.relative_to(SOURCE).with_suffix("").parts)
        self._loader = _Loader(str(mutant.module.resolve()), changed(mutant))

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self._loader.get_filename(fullname), loader=self._loader
        )


def _child(mutant: Mutant | None, tests: Sequence[str]) -> None:
    """Run tests with a mutant in the place of a module, and end with what pytest says."""
    import pytest

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    os.environ["HYPOTHESIS_PROFILE"] = "second"
    if mutant is not None:
        sys.meta_path.insert(0, _Finder(mutant))
    os._exit(int(pytest.main([*tests, "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"])))


@cache
def _limit(tests: tuple[str, ...]) -> float:
    """Run tests without any change, and give how many seconds they may take with one."""
    begin = time.monotonic()
    if (end := notice(None, tests, 3600.0)) != "passed":
        sys.exit(f"without a change the tests {' '.join(tests)} {end}")
    return max(LEAST, TIMES * (time.monotonic() - begin))


def notice(mutant: Mutant | None, tests: tuple[str, ...], limit: float) -> str:
    """Tell how tests end with a mutant: passed, failed or took too long."""
    child = os.fork()
    if child == 0:
        _child(mutant, tests)
    end = time.monotonic() + limit
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "passed" if os.waitstatus_to_exitcode(status) == 0 else "failed"
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "took too long"


def run() -> int:
    """Try the mutants, print those that nothing noticed, and how many were."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=300)
    asked.add_argument("--seed", type=int, default=14)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--last", type=int)
    asked.add_argument("--only", default="", help="try those of modules whose path holds this text")
    given = asked.parse_args()
    import pytest  # noqa: F401 - loaded once for all children, and casualties in none of them

    drawn = sample(modules(), given.size, given.seed)[given.first : given.last]
    drawn = [mutant for mutant in drawn if given.only in mutant.module.as_posix()]
    survived = 0
    for number, mutant in enumerate(drawn, given.first):
        near, others = tests_of(mutant.module)
        begin = time.monotonic()
        end = notice(mutant, near, _limit(near))
        end = notice(mutant, others, _limit(others)) if end == "passed" and others else end
        survived += end == "passed"
        print(
            f"{number} {end if end != 'passed' else 'SURVIVED'} {time.monotonic() - begin:.0f} s {mutant}", flush=True
        )
    print(f"{len(drawn) - survived} of {len(drawn)} mutants are noticed: {1 - survived / max(1, len(drawn)):.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(run())
