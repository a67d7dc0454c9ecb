"""Small changes of a program: one comparison, one number, one condition at a time."""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["Mutant", "changed", "mutants_of", "sample"]

_COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COUNTED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.FloorDiv: ast.Mult,
}
_CALLED: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """A change of one place of a module.

    Attributes:
        module: The path of the module.
        number: Which of its places is changed.
        line: The line of the place.
        said: What is changed into what.
        code: The place before the change.
    """

    module: Path
    number: int
    line: int
    said: str
    code: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.said} in {self.code}"


def _ways(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    """Give the ways in which a node can be changed in its place."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
        new = _COMPARED[type(node.ops[0])]
        yield f"{type(node.ops[0]).__name__} to {new.__name__}", lambda: node.ops.__setitem__(0, new())
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} to {other.__name__}", lambda: setattr(node, "op", other())
    elif isinstance(node, ast.BinOp) and type(node.op) in _COUNTED:
        made = _COUNTED[type(node.op)]
        yield f"{type(node.op).__name__} to {made.__name__}", lambda: setattr(node, "op", made())
    elif isinstance(node, ast.Constant) and type(node.value) in (int, bool):
        value = not node.value if isinstance(node.value, bool) else int(node.value) + 1  # type: ignore[arg-type]
        yield f"{node.value!r} to {value}", lambda: setattr(node, "value", value)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        name, called = node.func, _CALLED[node.func.id]
        yield f"{name.id} to {called}", lambda: setattr(name, "id", called)
    elif isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(node.test, ast.Compare | ast.BoolOp):
        test = node.test
        yield "condition to its opposite", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), test))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "a condition of a comprehension left out", node.ifs.clear


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Give the nodes that are run: no annotations, no checks of types, no texts of errors."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "type_params") or isinstance(
            tree, ast.Raise | ast.JoinedStr
        ):
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST) and not _is_aside(each):
                yield each
                yield from _nodes(each)


def _is_aside(node: ast.AST) -> bool:
    checks = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
    return checks or isinstance(node, ast.Assert | ast.Import | ast.ImportFrom)


def mutants_of(module: Path) -> list[Mutant]:
    """List the mutants of a module."""
    found: list[Mutant] = []
    for node in _nodes(ast.parse(module.read_text(encoding="utf-8"))):
        for said, _ in _ways(node):
            code = " ".join(ast.unparse(node).split())[:80]
            found.append(Mutant(module, len(found), _line(node), said, code))
    return found


def _line(node: ast.AST) -> int:
    return _line(node.target) if isinstance(node, ast.comprehension) else getattr(node, "lineno", 0)


def changed(mutant: Mutant) -> ast.Module:
    """Give a module with the change; every place keeps its line."""
    tree = ast.parse(mutant.module.read_text(encoding="utf-8"))
    ways = [change for node in _nodes(tree) for _, change in _ways(node)]
    ways[mutant.number]()
    return ast.fix_missing_locations(tree)


def sample(modules: Sequence[Path], size: int, seed: int) -> list[Mutant]:
    """Draw mutants of all modules alike; a mutant is drawn or not whatever is written elsewhere."""
    told: dict[str, Mutant] = {}
    for module in sorted(modules):
        times: Counter[str] = Counter()
        for mutant in mutants_of(module):
            name = f"{seed} {module.as_posix()} {mutant.said} {mutant.code}"
            times[name] += 1
            told[hashlib.sha256(f"{name} {times[name]}".encode()).hexdigest()] = mutant
    return [told[key] for key in sorted(told)[:size]]
