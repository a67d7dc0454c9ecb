"""Every public name is described, shows an example that runs, and stands on a page of the reference."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import casualties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
WITHOUT_REFERENCE = {"casualties": "its names are described on the pages of their modules"}
WITHOUT_EXAMPLE: dict[str, str] = {}
"""Names whose docstring needs no example of its own, each with the reason."""


def public_modules() -> list[ModuleType]:
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


def public_names() -> dict[str, object]:
    """Map the full name of everything public, methods included, to it."""
    found: dict[str, object] = {}
    for module in public_modules():
        for name in getattr(module, "__all__", ()):
            value = getattr(module, name)
            if not (inspect.isclass(value) or inspect.isroutine(value)):
                continue
            if not value.__module__.startswith("casualties"):
                continue
            where = f"{value.__module__}.{value.__qualname__}"
            found[where] = value
            if inspect.isclass(value):
                found.update((f"{where}.{member}", inner) for member, inner in own_members(value))
    return found


NAMES = public_names()


@pytest.mark.parametrize("module", public_modules(), ids=lambda module: module.__name__)
def test_module_says_what_it_is_and_offers(module: ModuleType) -> None:
    """A public module has a docstring and an `__all__` whose names exist."""
    assert module.__doc__, "say in one line what the module holds"
    assert hasattr(module, "__all__"), "list the public names in __all__"
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("name", sorted(NAMES))
def test_name_is_described(name: str) -> None:
    """A public name has a docstring of its own whose first line ends in a full stop."""
    text = vars(NAMES[name]).get("__doc__") if inspect.isclass(NAMES[name]) else NAMES[name].__doc__
    assert text, "describe what it means, its units, and what an absent value means"
    assert re.match(r"[^\n]+[.:]\n?", text.lstrip()), "the first line is a sentence"


def needs_example(value: object) -> bool:
    """Tell whether a name shows its own use: errors and members of an enum are shown where they arise."""
    return not (inspect.isclass(value) and issubclass(value, Enum))


@pytest.mark.parametrize("name", sorted(name for name, value in NAMES.items() if needs_example(value)))
def test_name_shows_an_example(name: str) -> None:
    """A public name has an example, which runs with the doctests, or a written reason why not."""
    shown = ">>> " in (NAMES[name].__doc__ or "")
    if name in WITHOUT_EXAMPLE:
        assert not shown, f"{name} has an example now: take it out of WITHOUT_EXAMPLE"
    else:
        assert shown, f"give {name} an example that prints our own text or repr"


def test_reasons_are_for_names_that_exist() -> None:
    """No reason outlives its name."""
    assert sorted(set(WITHOUT_EXAMPLE) - set(NAMES)) == []


@pytest.mark.parametrize("module", public_modules(), ids=lambda module: module.__name__)
def test_module_stands_in_the_reference(module: ModuleType) -> None:
    """A module with public names has its `::: module` on a page of docs/reference."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in sorted(REFERENCE.glob("*.md")))
    described = set(re.findall(r"^::: ([\w.]+)$", pages, re.MULTILINE))
    if module.__name__ not in WITHOUT_REFERENCE and module.__all__:
        assert module.__name__ in described, f"write '::: {module.__name__}' on a page of docs/reference"
