"""The drawing of imports, read from the source: `.venv/bin/python -m tests.surface.drawing` prints it.

A room is what stands at the top of the package; an arrow goes from a room to one that it imports, for types too; a
floor is how many rooms one may have to climb down to reach the ground.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "casualties"
MODULES = sorted(SOURCE.rglob("*.py"))
ENTRANCES = {"": "casualties", "__main__": "cli"}
"""Rooms whose name says nothing: the face, and the module that only opens the command line."""


def dotted(path: Path) -> str:
    """Name a module below the package: `files.yaml`, or nothing for the package itself."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def modules_imported(path: Path) -> set[str]:
    """List the modules of ours that a module imports at its top or for types, as dotted names below the package."""
    package = dotted(path) if path.name == "__init__.py" else dotted(path).rpartition(".")[0]
    known = {dotted(other) for other in MODULES}
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "casualties":
            base = (node.module or "").partition(".")[2]
            for alias in node.names:
                inner = f"{base}.{alias.name}".strip(".")
                imported.add(inner if inner in known else base)
    return imported - {package, dotted(path)}


def room_of(module: str) -> str:
    """Name the room in which a module stands."""
    top = module.split(".", maxsplit=1)[0]
    return ENTRANCES.get(top, top)


def arrows() -> dict[str, set[str]]:
    """Map each room to those that it imports."""
    drawn: dict[str, set[str]] = {}
    for path in MODULES:
        room = room_of(dotted(path))
        drawn.setdefault(room, set()).update({room_of(module) for module in modules_imported(path)} - {room})
    return drawn


def floors(drawn: dict[str, set[str]]) -> dict[str, int]:
    """Give the floor of each room, the ground being 1.

    Raises:
        RecursionError: If a room reaches itself.
    """

    @cache
    def floor(room: str) -> int:
        return 1 + max((floor(below) for below in drawn[room]), default=0)

    return {room: floor(room) for room in drawn}


def drawing() -> str:
    """Draw the house from the top floor down, each room with its arrows and its size."""
    drawn = arrows()
    high = floors(drawn)
    lines = dict.fromkeys(drawn, 0)
    files = dict(lines)
    for path in MODULES:
        lines[room_of(dotted(path))] += len(path.read_text(encoding="utf-8").splitlines())
        files[room_of(dotted(path))] += 1
    size = f"{len(MODULES)} files, {sum(lines.values()):,} lines"
    text = [f"{len(drawn)} rooms on {max(high.values())} floors, {sum(map(len, drawn.values()))} arrows; {size}"]
    for room in sorted(drawn, key=lambda room: (-high[room], room)):
        below = ", ".join(sorted(drawn[room], key=lambda other: (-high[other], other)))
        text.append(
            f"{high[room]:3} {room:12} {files[room]:3} files {lines[room]:6,} lines  {'-> ' if below else ''}{below}"
        )
    return "\n".join(text)


if __name__ == "__main__":
    print(drawing())  # noqa: T201 - what this program is for
