"""The reference: every public name on one page, every member of an enumeration with a sentence and an example."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
from enum import Enum
from pathlib import Path
from types import ModuleType

import pytest
from tests.surface.public import PUBLIC_MODULES

DOCS = Path(__file__).parents[2] / "docs"
LINE = re.compile(r"^::: (casualties[\w.]*)$((?:\n {4}.*)*)", re.MULTILINE)


def hook(name: str) -> ModuleType:
    """Load a hook of the site."""
    spec = importlib.util.spec_from_file_location(f"hook_{name}", DOCS / "hooks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOOK = hook("reference")


def found(path: str) -> object:
    """Give what a dotted path leads to."""
    value: object = importlib.import_module("casualties")
    for part in path.split(".")[1:]:
        if not hasattr(value, part):
            assert isinstance(value, ModuleType)
            importlib.import_module(f"{value.__name__}.{part}")
        value = getattr(value, part)
    return value


def key(path: str, value: object) -> str:
    """Name one thing by one key, by however many paths it can be had."""
    if isinstance(value, ModuleType):
        return value.__name__
    if inspect.isclass(value) or inspect.isroutine(value):
        return f"{value.__module__}.{value.__qualname__}"
    return path


def described() -> dict[str, list[tuple[str, str, str]]]:
    """Give by key the page, the path and the options by which each thing is described."""
    lines: dict[str, list[tuple[str, str, str]]] = {}
    for page in sorted(DOCS.rglob("*.md")):
        for match in LINE.finditer(page.read_text(encoding="utf-8")):
            where = (page.relative_to(DOCS).as_posix(), match[1], match[2])
            lines.setdefault(key(match[1], found(match[1])), []).append(where)
    return lines


DESCRIBED = described()
PUBLIC = {
    key(f"{module}.{name}", value): value
    for module in PUBLIC_MODULES
    for name in importlib.import_module(module).__all__
    for value in [getattr(importlib.import_module(module), name)]
}
ENUMERATIONS = {name: value for name, value in PUBLIC.items() if inspect.isclass(value) and issubclass(value, Enum)}


def test_every_public_name_is_described_on_one_page() -> None:
    """A public name has one line `::: name` in the docs."""
    assert sorted(PUBLIC.keys() - DESCRIBED.keys()) == [], "write '::: name' on the page of what it belongs to"
    assert {name: lines for name, lines in DESCRIBED.items() if len(lines) > 1} == {}


def test_modules_repeat_no_public_name() -> None:
    """A line for a module shows the text of the module alone, or a module of which nothing is promised."""
    whole = {
        name
        for name, [(_, path, options)] in DESCRIBED.items()
        if isinstance(found(path), ModuleType) and "members: false" not in options and "members: []" not in options
    }
    assert sorted(name for name in PUBLIC if name.rpartition(".")[0] in whole) == []


def test_internals_stand_with_the_pages_for_developers() -> None:
    """A module that is shown whole stands under docs/project; the command line is the one exception."""
    pages = {
        page
        for [(page, path, options)] in DESCRIBED.values()
        if isinstance(found(path), ModuleType) and "members: false" not in options
    }
    assert {page for page in pages if not page.startswith("project/")} == {"reference/cli.md"}


@pytest.mark.parametrize("name", sorted(ENUMERATIONS))
def test_every_member_has_a_sentence_and_an_example(name: str) -> None:
    """The members of a public enumeration are listed below it, each with a sentence and an example."""
    kind = ENUMERATIONS[name]
    assert inspect.isclass(kind)
    assert issubclass(kind, Enum)
    [(_, path, options)] = DESCRIBED[name]
    listed = HOOK.on_page_markdown(f"::: {path}{options}\n")
    rows = HOOK.members(kind)
    assert [row[0] for row in rows] == list(kind.__members__)
    assert listed.count(f"| `{kind.__name__}.") == len(kind)
    for member, value, sentence, example in rows:
        assert f"| `{kind.__name__}.{member}` | `{value}` | {sentence} | {example} |" in listed
        assert re.fullmatch(r"[A-Z].+\.", sentence), f"say in a sentence what {member} means"
        assert example.endswith((".", '."')), f"write below {member}: Example: …, and end it with a full stop"


def test_a_page_without_enumerations_stays_as_it_is() -> None:
    """Only lines that name an enumeration are followed by a table."""
    text = "# Claim\n\n::: casualties.Claim\n\n::: casualties.cli\n\n::: casualties.absent.Thing\n"
    assert HOOK.on_page_markdown(text) == text
