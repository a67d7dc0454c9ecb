"""The names promised to users, written down: none appears or goes without somebody meaning it."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

import casualties

from .public import PUBLIC_MODULES, SNAPSHOT, snapshot

FACE = Path(inspect.getfile(casualties))


def test_public_names_are_as_written_down() -> None:
    """Each name of a public module, and each value of an enumeration, stands in `public.txt`."""
    promised, now = ({*text.splitlines()} for text in (SNAPSHOT.read_text(encoding="utf-8"), snapshot()))
    told = "write it anew by `.venv/bin/python -m tests.surface.public`, and say it in CHANGELOG.md"
    assert sorted(promised - now) == [], f"these are promised to users: keep them, or {told}"
    assert sorted(now - promised) == [], f"these are new: describe them in docs/reference, {told}"


@pytest.mark.parametrize("name", PUBLIC_MODULES)
def test_public_module_lists_each_name_once_and_has_it(name: str) -> None:
    """`__all__` has no repeats, and every name in it exists."""
    module = importlib.import_module(name)
    assert len(module.__all__) == len(set(module.__all__))
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


def test_no_two_public_classes_share_a_name() -> None:
    """A name means one class, wherever it is met."""
    classes: dict[str, set[type]] = {}
    for module in map(importlib.import_module, PUBLIC_MODULES):
        for value in (getattr(module, name) for name in module.__all__):
            if inspect.isclass(value) and value.__module__.startswith("casualties"):
                classes.setdefault(value.__name__, set()).add(value)
    assert {name: found for name, found in classes.items() if len(found) > 1} == {}


def test_face_loads_what_type_checkers_read() -> None:
    """Each name is loaded from where the imports for type checkers have it, and `__all__` lists it."""
    body = ast.parse(FACE.read_text(encoding="utf-8")).body
    (block,) = (node for node in body if isinstance(node, ast.If) and isinstance(node.test, ast.Name))
    read = {}
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        module = importlib.import_module(node.module or "")
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            value = getattr(module, alias.name) if hasattr(module, alias.name) else importlib.import_module(inner)
            read[alias.asname or alias.name] = value
    assert sorted(read) == sorted(casualties.__all__)
    assert {name: getattr(casualties, name) for name in read} == read


def test_face_has_no_other_name() -> None:
    """What nobody promised is no attribute, and `dir` shows what is promised."""
    with pytest.raises(AttributeError, match="module 'casualties' has no attribute 'Statistic'"):
        _ = casualties.Statistic  # type: ignore[attr-defined]
    assert sorted(name for name in dir(casualties) if not name.startswith("__")) == sorted(casualties.__all__)


def test_pages_import_public_modules_alone() -> None:
    """What README and pages show people to import is promised to them."""
    root = Path(__file__).parents[2]
    shown = {
        module
        for page in (root / "README.md", *(root / "docs").rglob("*.md"))
        for module in re.findall(
            r"^\s*(?:from|import) (casualties[\w.]*)", page.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert sorted(shown - {*PUBLIC_MODULES}) == [], "take the name from the face, or make its module a public one"
