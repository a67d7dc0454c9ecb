"""What is wrong in a mapping, in words: where it stands in the file, what was found, and the nearest right word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from casualties.errors import MappingError, ModelError, Problem
from casualties.files._nodes import Fields, Items, Mark, Node, Scalar, compose
from casualties.files.mapped._columns import Check, ClaimColumns, PartColumns
from casualties.files.mapped._slots import EventColumns, GradeColumns, ReportColumns, Slot, TermColumns
from casualties.files.problems import close
from casualties.model.record import Record, problems_of
from casualties.model.source import Source

__all__ = ["place_of_column", "wrong_mapping"]

_UNKNOWN_KEY: Final = "extra inputs are not permitted"
_CHOICE: Final = re.compile(r"input should be ((?:'[^']*'(?:, | or )?)+), not (.*)", re.DOTALL)
_TYPES: Final = (
    ("input should be a valid tuple", "a list should stand here"),
    ("input should be a valid list", "a list should stand here"),
    ("input should be a valid dictionary", "keys with values should stand here"),
    ("input should be a valid string", "a text should stand here"),
    ("input should be a valid integer", "a whole number should stand here"),
    ("input should be a valid boolean", "true or false should stand here"),
    ("input should be a valid date", "a day such as 2022-02-23 should stand here"),
    ("field required", "it is missing"),
)
_RECORDS: Final[Mapping[str, type[Record]]] = {
    "claims": ClaimColumns,
    "cited": ReportColumns,
    "also_cited": ReportColumns,
    "graded": GradeColumns,
    "part_of": PartColumns,
    "terms": TermColumns,
    "events": EventColumns,
    "checks": Check,
    "sources": Source,
}
_PLACED: Final = re.compile(r"^claim (\d+): ")


def wrong_mapping(error: ModelError, name: str, whole: type[Record], root: Node | None) -> MappingError:
    """Make of the error of a record the error of a mapping, with every problem and its place."""
    problems = [_told(problem, whole, root) for problem in problems_of(error)]
    only = problems[0] if len(problems) == 1 else None
    said = "; ".join(map(str, problems)) if only is None else str(Problem(only.place, only.message))
    return MappingError(f"{name}: {said}", "bad-mapping", "" if only is None else only.hint)


def place_of_column(text: str, column: str) -> str:
    r"""Say where a mapping names a column; nothing where it does not.

    Examples:
        >>> place_of_column("name: a\nclaims: [{harm: killed, count: dead}]", "dead")
        'line 2, column 32'
    """
    root, _ = compose(text)
    if root is None:
        return ""
    named = (scalar for scalar in _scalars(root) if scalar.text == column or f"{{{column}}}" in scalar.text)
    return next((str(scalar.mark) for scalar in named), "")


def _told(problem: Problem, whole: type[Record], root: Node | None) -> Problem:
    path = [part for part in problem.place.split(".") if part]
    message, hint = problem.message, problem.hint
    if message.startswith(_UNKNOWN_KEY) and path:
        message = f"unknown key {path[-1]!r}"
        of_claim = path[-1] in _keys_at(["claims"], whole)
        near = "write it under a claim, or under shared for all claims" if len(path) == 1 and of_claim else ""
        hint = near or close(path[-1], _keys_at(path[:-1], whole), 40)
        at = _counted(path[:-1])
    else:
        at = _counted(path)
        if message.startswith("input should be 1, not ") and path == ["mapping"]:
            message, hint = f"version {message.rpartition(' ')[2]}: there is none of this number", "write mapping: 1"
        if choice := _CHOICE.match(message):
            written = choice[2].strip("'\"")
            known = re.findall(r"'([^']*)'", choice[1])
            message, hint = f"{written!r} is none of {', '.join(known)}", close(written, known)
        for begin, words in _TYPES:
            if message.startswith(begin):
                written = message.rpartition(", not ")[2]
                message = words if begin == "field required" else f"{words}, not {written}"
                if written == "''" and path:
                    message, hint = (
                        f"nothing stands under {path[-1]!r}",
                        "take the # from a line below it, or write one",
                    )
    if not path and (placed := _PLACED.match(message)):
        path = ["claims", str(int(placed[1]) - 1)]
    mark = _mark_of(path, root, message) if root is not None else None
    return Problem(", ".join(filter(None, (str(mark) if mark else "", at))), message, hint, problem.reason)


def _counted(path: list[str]) -> str:
    """Write a path as people count: ``claim 1, cited``."""
    words: list[str] = []
    for part in path:
        if part.isdigit() and words:
            words[-1] = f"{words[-1].removesuffix('s')} {int(part) + 1}"
        else:
            words.append(part)
    return ", ".join(words)


def _keys_at(path: list[str], whole: type[Record]) -> list[str]:
    """Give the keys that may stand at a path."""
    record: type[Record] = whole
    for part in path:
        if part in _RECORDS:
            record = _RECORDS[part]
        elif not part.isdigit():
            record = Slot
    names = [field.alias or name for name, field in record.model_fields.items() if name != "also_cited"]
    return [*names, "shared"] if record is whole else names


def _mark_of(path: list[str], root: Node, message: str) -> Mark:
    """Find where something stands: along its path, or where the value that is told stands."""
    node, mark, shared = root, root.mark, None
    for at, part in enumerate(path):
        if isinstance(node, Fields):
            if at == 0 and part == "claims":
                shared = node.members.get("shared")
            member = node.members.get(part)
            if member is None and path[0] == "claims" and at == 2 and shared and isinstance(shared[1], Fields):
                member = shared[1].members.get(part)
            if member is None and part.isdigit() and len(node.members) > int(part):  # sources by key
                member = [*node.members.values()][int(part)]
            if member is None:
                break
            mark, node = member[0].mark, member[1]
        elif isinstance(node, Items) and part.isdigit() and int(part) < len(node.members):
            node = node.members[int(part)]
            mark = node.mark
        else:
            break
    quoted = re.findall(r"'([^']*)'", message)
    within = [node] if shared is None else [node, shared[1]]
    inner = [scalar for part in within for value in quoted for scalar in _scalars(part) if scalar.text == value]
    return inner[0].mark if inner else mark


def _scalars(node: Node) -> Iterator[Scalar]:
    waiting: list[Any] = [node]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, Scalar):
            yield inner
        elif isinstance(inner, Items):
            waiting.extend(reversed(inner.members))
        elif isinstance(inner, Fields):
            for key, value in reversed(inner.members.values()):
                waiting += [value, key]
