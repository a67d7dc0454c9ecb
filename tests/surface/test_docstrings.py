"""Every module says what it is; every public name is described and shows an example."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from enum import Enum
from typing import TYPE_CHECKING

import pytest

import casualties

from .public import PUBLIC_MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def open_modules() -> list[ModuleType]:
    """Import every module of the package whose name has no part that begins with an underscore."""
    names = [info.name for info in pkgutil.walk_packages(casualties.__path__, "casualties.")]
    names = [name for name in names if not any(part.startswith("_") for part in name.split("."))]
    return [casualties, *map(importlib.import_module, sorted(names))]


def own_members(owner: type) -> Iterator[tuple[str, object]]:
    """List the public methods and properties that a class defines itself."""
    fields = getattr(owner, "__annotations__", {})
    for name, value in vars(owner).items():
        if name.startswith(("_", "model_")) or name in fields:  # model_…: hooks and settings of pydantic
            continue
        function = getattr(value, "__func__", getattr(value, "fget", getattr(value, "func", value)))
        if inspect.isfunction(function):
            yield name, function


def public_names() -> Iterator[tuple[str, object, str]]:
    """List the full name of each public class and function, itself, and the public module that offers it."""
    for module in map(importlib.import_module, PUBLIC_MODULES):
        for name in module.__all__:
            value = getattr(module, name)
            if (inspect.isclass(value) or inspect.isroutine(value)) and value.__module__.startswith("casualties"):
                yield f"{value.__module__}.{value.__qualname__}", value, module.__name__


NAMES = {name: value for name, value, _ in public_names()}
MEMBERS = {
    f"{name}.{member}": inner
    for name, value in NAMES.items()
    if inspect.isclass(value)
    for member, inner in own_members(value)
}


@pytest.mark.parametrize("module", open_modules(), ids=lambda module: module.__name__)
def test_module_says_what_it_is_and_offers(module: ModuleType) -> None:
    """A module without an underscore has a docstring and, where it holds more, an `__all__` whose names exist."""
    assert module.__doc__, "say in one line what the module holds"
    if len(ast.parse(inspect.getsource(module)).body) == 1:
        return
    assert hasattr(module, "__all__"), "list the public names in __all__"
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("name", sorted(NAMES | MEMBERS))
def test_name_is_described(name: str) -> None:
    """A public name has a docstring of its own whose first line ends in a full stop."""
    value = (NAMES | MEMBERS)[name]
    text = vars(value).get("__doc__") if inspect.isclass(value) else value.__doc__
    assert text, "describe what it means, its units, and what an absent value means"
    assert re.match(r"[^\n]+[.:]\n?", text.lstrip()), "the first line is a sentence"


def needs_example(value: object) -> bool:
    """Tell whether a name shows its own use: the members of an enumeration are shown where they arise."""
    return not (inspect.isclass(value) and issubclass(value, Enum))


@pytest.mark.parametrize("name", sorted(name for name, value in NAMES.items() if needs_example(value)))
def test_name_shows_an_example(name: str) -> None:
    """A public class or function has an example, which runs with the doctests; a method has one where it teaches."""
    assert ">>> " in (NAMES[name].__doc__ or ""), f"give {name} an example that prints our own text or repr"
