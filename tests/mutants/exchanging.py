"""Exchange the functions of a module, which is loaded already, for those of a mutant."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Any

from tests.mutants.changing import Mutant, changed

__all__ = ["exchange", "forget"]


@cache
def _functions() -> dict[str, list[FunctionType]]:
    """Give all functions that are alive, by the file in which they are written."""
    found: dict[str, list[FunctionType]] = {}
    for each in gc.get_objects():
        if type(each) is FunctionType:
            found.setdefault(each.__code__.co_filename, []).append(each)
    return found


@cache
def _remembering() -> list[Any]:
    """Give all functions of the library that keep what they gave."""
    kind = type(_functions)
    return [each for each in gc.get_objects() if type(each) is kind and each.__module__.startswith("casualties")]


def forget() -> None:
    """Let every function of the library forget what it gave, so that it is asked anew."""
    for each in _remembering():
        each.cache_clear()


def exchange(mutant: Mutant) -> list[tuple[FunctionType, CodeType]]:
    """Give the functions that a mutant changes, each with its new code; none where the change is in no function."""
    path = str(mutant.module.resolve())
    new = dict(_codes(compile(changed(mutant), path, "exec", dont_inherit=True)))
    found = []
    for function in _functions().get(path, []):
        old = function.__code__
        code = new.get((old.co_qualname, old.co_firstlineno))
        if code is not None and code != old:
            found.append((function, code))
    return found


def _codes(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield (each.co_qualname, each.co_firstlineno), each
            yield from _codes(each)
