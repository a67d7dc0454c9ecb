"""Judge a mutant in a process of its own, in which its module is loaded from the changed text."""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

from tests.mutants.changing import Mutant, changed

__all__ = ["failed_apart"]

_SOURCE: Final = Path("src")
_LONGEST: Final = 600


def failed_apart(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Tell whether one of some tests fails, or goes on for ever, where a mutant takes the place of its module."""
    given = pickle.dumps((mutant, list(tests)))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.mutants.apart"],
            input=given,
            capture_output=True,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


class _Loader(importlib.abc.InspectLoader):
    """Loads a module with a change."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def get_source(self, fullname: str) -> str:
        return self._mutant.module.read_text(encoding="utf-8")

    def get_code(self, fullname: str) -> CodeType:
        return compile(changed(self._mutant), str(self._mutant.module.resolve()), "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds one module, and leaves all others to those who come after."""

    def __init__(self, mutant: Mutant) -> None:
        self._name = ".".join(mutant.module.relative_to(_SOURCE).with_suffix("").parts)
        self._mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self._mutant.module.resolve(), loader=_Loader(self._mutant)
        )


if __name__ == "__main__":
    import pytest

    mutant, tests = pickle.loads(sys.stdin.buffer.read())
    sys.meta_path.insert(0, _Finder(mutant))
    os.environ["HYPOTHESIS_PROFILE"] = "whole"
    sys.exit(pytest.main([*tests, "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"]))
