"""The architecture, read from the source: imports only point down, and modules stay small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "casualties"
LONGEST = 500

ORDER = [
    "errors",
    "_inert",
    "_markup",
    "figure",
    "wording",
    "period",
    "record",
    "vocabulary",
    "source",
    "registry",
    "report",
    "_handles",
    "subject",
    "claim",
    "ledger",
    "relations",
    "independence",
    "standpoint",
    "support",
    "position",
    "history",
    "voice",
    "denial",
    "witness",
    "evidence",
    "confidence",
    "display",
    "explanation",
    "codebooks",
    "plots",
    "page",
    "finding",
    "comparison",
    "reconciliation",
    "changes",
    "consistency",
    "formats",
    "tables",
    "engine",
    "seeds",
    "testing",
    "",  # the face, casualties/__init__.py
    "cli",
    "__main__",
]
"""The nouns from the bottom up. A module imports from its own noun and from those above it in this list."""

MODULES = sorted(SOURCE.rglob("*.py"))
BANNED_CALLS = {"model_copy": "it skips validation: use replacing(…)"}


def dotted(path: Path) -> str:
    """Name a module below the package: `formats.yaml`, or nothing for the package itself."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def own_imports(tree: ast.AST, module: str, *, package: bool) -> list[tuple[str, int]]:
    """List the nouns of ours that some code imports when it runs, with the lines."""
    found = []
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in typing_only:
            continue
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
        ("from casualties.model.ledger import Ledger", "figure:1: imports ledger, which stands above it"),
        ("import casualties.model.ledger", "figure:1: imports ledger, which stands above it"),
        ("from casualties import ledger", "figure:1: imports ledger, which stands above it"),
        ("from casualties import Figure", "figure:1: imports casualties, which stands above it"),
        ("import casualties as cs", "figure:1: imports casualties, which stands above it"),
        ("from .ledger import Ledger", "figure:1: imports ledger, which stands above it"),
        ("from . import ledger", "figure:1: imports ledger, which stands above it"),
        ("def f():\n    from casualties.errors import X", "figure:2: imports errors inside a function"),
        ("assert True", "figure:1: assert; raise an error of ours"),
        ("try:\n    pass\nexcept:\n    pass", "figure:3: bare except; name the error"),
        ("a.model_copy(update={})", "figure:1: model_copy; it skips validation: use replacing(…)"),
        ("\n" * 501, "figure: 501 lines; a second noun may be hiding in it"),
    ],
)
def test_broken_rules_are_found(source: str, complaint: str) -> None:
    """Each rule is seen to fail on a module that breaks it."""
    assert complaint in complaints(source, "figure")


def test_unknown_noun_is_refused() -> None:
    """A new module has to be given its place."""
    assert complaints("", "utils") == ["utils: is no known noun; give it a place in ORDER"]
