"""The architecture, read from the source: imports only point down, and modules stay small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from .drawing import MODULES, SOURCE, arrows, dotted, drawing, floors, modules_imported

LONGEST = 500
MOST_ROOMS, MOST_FLOORS = 20, 12

ORDER = [
    "_text",
    "errors",
    "_writing",
    "model",
    "wording",
    "reconciling",
    "codebooks",
    "show",
    "results",
    "bounding",
    "difference",
    "files",
    "aligning",
    "drafting",
    "estimates",
    "columns",
    "seeds",
    "testing",
    "",  # the face, casualties/__init__.py
    "cli",
    "__main__",
]
"""The rooms from the bottom up. A module imports from its own room and from those above it in this list."""

BANNED_CALLS = {"model_copy": "it skips validation: use replacing(…)"}


def own_imports(tree: ast.AST, module: str, *, package: bool) -> list[tuple[str, int]]:
    """List the rooms of ours that some code imports, for types too, with the lines."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            here = ["casualties", *module.split(".")] if module else ["casualties"]
            base = here[: len(here) - node.level + (1 if package else 0)] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{start}.{alias.name}" for alias in node.names] if start == "casualties" else [start]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "casualties":
                noun = [*name.split("."), ""][1]
                found.append((noun if noun in ORDER else "", node.lineno))
    return found


def complaints(source: str, module: str, *, package: bool = False) -> list[str]:
    """Say what in a module breaks the rules of this page."""
    tree = ast.parse(source)
    noun = module.split(".", maxsplit=1)[0]
    found = []
    if noun not in ORDER:
        return [f"{module}: is no known noun; give it a place in ORDER"]
    rank = ORDER.index(noun)
    for imported, line in own_imports(tree, module, package=package):
        if imported != noun and ORDER.index(imported) >= rank:
            found.append(f"{module}:{line}: imports {imported or 'casualties'}, which stands above it")
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                inner = own_imports(node, module, package=package)
                found += [f"{module}:{line}: imports {name} inside a function" for name, line in inner]
            case ast.Assert():
                found.append(f"{module}:{node.lineno}: assert; raise an error of ours")
            case ast.ExceptHandler(type=None):
                found.append(f"{module}:{node.lineno}: bare except; name the error")
            case ast.Call(func=ast.Attribute(attr=attribute)) if attribute in BANNED_CALLS:
                found.append(f"{module}:{node.lineno}: {attribute}; {BANNED_CALLS[attribute]}")
    length = len(source.splitlines())
    if length > LONGEST:
        found.append(f"{module}: {length} lines; a second noun may be hiding in it")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_module_keeps_the_architecture(path: Path) -> None:
    """A module imports downwards only, at its top, and stays within its length."""
    text = path.read_text(encoding="utf-8")
    assert complaints(text, dotted(path), package=path.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("from casualties.results import Finding", "model:1: imports results, which stands above it"),
        ("import casualties.results", "model:1: imports results, which stands above it"),
        ("from casualties import results", "model:1: imports results, which stands above it"),
        ("from casualties import Figure", "model:1: imports casualties, which stands above it"),
        ("import casualties as cs", "model:1: imports casualties, which stands above it"),
        ("from .results import Finding", "model:1: imports results, which stands above it"),
        ("from . import results", "model:1: imports results, which stands above it"),
        ("def f():\n    from casualties.errors import X", "model:2: imports errors inside a function"),
        ("assert True", "model:1: assert; raise an error of ours"),
        ("try:\n    pass\nexcept:\n    pass", "model:3: bare except; name the error"),
        ("a.model_copy(update={})", "model:1: model_copy; it skips validation: use replacing(…)"),
        ("\n" * 501, "model: 501 lines; a second noun may be hiding in it"),
    ],
)
def test_broken_rules_are_found(source: str, complaint: str) -> None:
    """Each rule is seen to fail on a module that breaks it."""
    assert complaint in complaints(source, "model")


def test_no_circle_of_modules() -> None:
    """No module reaches itself by what it imports, for types too; a package stands for what its face imports."""
    edges = {dotted(path): modules_imported(path) for path in MODULES}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " imports ".join((*way[way.index(module) :], module))
        if module not in done:
            for each in sorted(edges.get(module, ())):
                visit(each, (*way, module))
            done.add(module)

    for module in sorted(edges):
        visit(module, ())


def test_the_house_is_small_enough_to_know() -> None:
    """Few rooms on few floors, and no arrow from a room to one above it."""
    drawn = arrows()
    high = floors(drawn)
    assert len(drawn) <= MOST_ROOMS, drawing()
    assert max(high.values()) <= MOST_FLOORS, drawing()
    assert [(room, below) for room, rooms in drawn.items() for below in rooms if high[below] >= high[room]] == []


def test_no_private_module_is_imported_from_another_room() -> None:
    """What begins with an underscore is imported inside its own package alone."""
    found = []
    for path in MODULES:
        own = dotted(path)
        for target in modules_imported(path):
            parts = target.split(".")
            private = next((place for place, part in enumerate(parts) if part.startswith("_")), None)
            if private and own.split(".")[:private] != parts[:private]:
                found.append(f"{own} imports {target}")
    assert found == []


def test_unknown_noun_is_refused() -> None:
    """A new module has to be given its place."""
    assert complaints("", "utils") == ["utils: is no known noun; give it a place in ORDER"]
