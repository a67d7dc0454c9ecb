"""See whether the tests notice mutants of the rules: `python -m tests.mutants --size 300 [--only PATH]`.

The tests are collected once, and run once to see which of them come by which lines and how long they take.  Each
mutant then lives in a child of this process, where its functions are exchanged and the tests that come by the changed
line run until one fails: first those of the module itself and those that noticed others before it, then the quickest.
A mutant that no test notices is listed as survived: it is a test that is missing, or a change that changes nothing.
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path
from typing import Final

import coverage
import pytest
from tests.mutants.apart import failed_apart
from tests.mutants.changing import Mutant, sample
from tests.mutants.exchanging import exchange, forget

SOURCE: Final = Path("src/casualties")
RULES: Final = (
    *("model/figure.py", "model/period.py", "bounding/_propagation.py", "reconciling/kernel", "reconciling/arrays"),
    *(f"reconciling/{name}.py" for name in ("relations", "independence", "across", "pairs", "support", "evidence")),
)
TESTS: Final = (
    *("src/casualties/model", "src/casualties/reconciling", "src/casualties/bounding", "src/casualties/results"),
    *("tests/model", "tests/reconciling", "tests/bounding", "tests/oracle", "tests/test_results.py"),
    *(f"tests/laws/test_{name}_laws.py" for name in ("figure", "bounds", "reconciliation")),
)


def modules() -> list[Path]:
    """Give the modules of the rules."""
    found = []
    for name in RULES:
        place = SOURCE / name
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return [each for each in found if each.name != "__init__.py"]


class _Judge:
    """A plugin of pytest that runs the collected tests for one mutant after another."""

    def __init__(self, drawn: list[tuple[int, Mutant]], kept: Path | None, most: float) -> None:
        self.drawn, self.kept, self.most = drawn, kept, most
        self.failed: str | None = None
        self.tried = 0
        self.survived: list[Mutant] = []
        self.noticed: Counter[str] = Counter()  # those who noticed most in the least time are asked first

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if report.failed and self.failed is None:
            self.failed = item.nodeid
        return report

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        if self.kept is not None and self.kept.exists():
            passed = pickle.loads(self.kept.read_bytes())
        else:
            passed = pickle.loads(_in_child(self._look, 0)[1])
            if self.kept is not None:
                self.kept.write_bytes(pickle.dumps(passed))
        self.seconds, self.comers = passed
        for number, mutant in self.drawn:
            begin = time.monotonic()
            end = self._judge(mutant)
            self.tried += 1
            if end == "SURVIVED":
                self.survived.append(mutant)
            print(f"{number} {time.monotonic() - begin:.1f} s {mutant}: {end}", flush=True)
        return True

    def _look(self) -> bytes:
        """See which tests come by which lines, and how long each takes."""
        seconds: dict[str, float] = {}
        watch = coverage.Coverage(data_file=None, include=[str(each) for each in modules()], config_file=False)
        watch.start()
        for name, item in self.items.items():
            forget()
            watch.switch_context(name)
            begin = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            seconds[name] = time.process_time() - begin
        watch.stop()
        if self.failed:
            sys.exit(f"without a change, {self.failed} fails")
        data = watch.get_data()
        comers = {
            (Path(file).relative_to(Path.cwd()), line): set(names) & seconds.keys()
            for file in data.measured_files()
            for line, names in data.contexts_by_lineno(file).items()
        }
        return pickle.dumps((seconds, comers))

    def _late(self, name: str, module: Path) -> tuple[float, float, str]:
        seconds = self.seconds[name]
        file = name.partition("::")[0]
        near = _is_of(file, module) or module.parent.name in Path(file).stem
        return -(self.noticed[name] + near) / (seconds + 0.05), seconds, name

    def _judge(self, mutant: Mutant) -> str:
        # What is kept between tests hides who would come by: those of the module itself are asked in any case.
        own = {name for name in self.items if _is_of(name.partition("::")[0], mutant.module)}
        names = self.comers.get((mutant.module, mutant.line), set()) | own
        functions = exchange(mutant)
        if not functions:  # it is run when the module is loaded: all that come by the module may know it
            names = set().union(*(found for (module, _), found in self.comers.items() if module == mutant.module))
            names |= {name for name in self.items if _imports(name.partition("::")[0], mutant.module)}
        taken: list[str] = []
        whole = 0.0
        for name in sorted(names, key=lambda name: self._late(name, mutant.module)):
            if (whole := whole + self.seconds[name]) > self.most and taken:
                break
            taken.append(name)
        if not taken:
            return "SURVIVED"
        if not functions:
            return "failed" if failed_apart(mutant, taken) else "SURVIVED"

        def run() -> bytes:
            for function, code in functions:
                function.__code__ = code
            forget()
            for name in taken:
                item = self.items[name]
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
                if self.failed:
                    return self.failed.encode()
            return b""

        status, told = _in_child(run, int(2 * whole) + 10)
        if status:
            return f"ended by signal {-status}" if status < 0 else f"ended with status {status}"
        self.noticed.update([told.decode()] if told else ())
        return f"failed {told.decode()}" if told else "SURVIVED"


def _is_of(file: str, module: Path) -> bool:
    """Tell whether a file of tests is about a module, by its name or its imports."""
    return module.stem.strip("_") in Path(file).stem or _imports(file, module)


@cache
def _imports(file: str, module: Path) -> bool:
    """Tell whether a file of tests names a module in its imports."""
    package = ".".join(module.relative_to(SOURCE.parent).parent.parts)
    told = rf"^from {re.escape(package)}(\.{module.stem} import|\s+import [^\n]*\b{module.stem}\b)"
    return re.search(told, Path(file).read_text(encoding="utf-8"), re.MULTILINE) is not None


def _in_child(work: Callable[[], bytes], seconds: int) -> tuple[int, bytes]:
    """Do something in a child of this process, and give its status and what it gave."""
    with tempfile.TemporaryFile() as out:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            if seconds:
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
                signal.alarm(20 * seconds)
            status = 99
            try:
                out.write(work())
                out.flush()
                status = 0
            finally:
                os._exit(status)
        _, ended = os.waitpid(child, 0)
        out.seek(0)
        return os.waitstatus_to_exitcode(ended), out.read()


def run() -> int:
    """Try the mutants, print those that nothing noticed, and how many were."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=300)
    asked.add_argument("--seed", type=int, default=14)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--last", type=int)
    asked.add_argument("--only", default="", help="try those of modules whose path holds this text")
    asked.add_argument("--numbers", default="", help="try those of these numbers, with commas between them")
    asked.add_argument(
        "--seconds", type=float, default=40, help="leave out of the tests of a mutant what would take longer unchanged"
    )
    asked.add_argument("--kept", type=Path, help="keep in this file what was seen of the tests, or take it from there")
    given = asked.parse_args()
    drawn = list(enumerate(sample(modules(), given.size, given.seed)))[given.first : given.last]
    numbers = {int(each) for each in given.numbers.split(",") if each}
    drawn = [(n, mutant) for n, mutant in drawn if given.only in mutant.module.as_posix()]
    judge = _Judge([(n, mutant) for n, mutant in drawn if not numbers or n in numbers], given.kept, given.seconds)
    os.environ["HYPOTHESIS_PROFILE"] = "whole"
    pytest.main([*TESTS, "-q", "-s", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"], plugins=[judge])
    tried, survived = judge.tried, len(judge.survived)
    if tried < len(judge.drawn):
        sys.exit("the tests could not be collected, or were stopped: no mutant was judged after that")
    print(f"{tried - survived} of {tried} mutants are noticed: {1 - survived / max(1, tried):.1%}; not these:")
    print("\n".join(map(str, judge.survived)))
    return 0


if __name__ == "__main__":
    sys.exit(run())
