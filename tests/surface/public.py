"""The modules that a user has a reason to import, and what they promise; all others are rooms inside the house.

`public.txt` holds every promised name, and what each enumeration has in it.  Run as a program this writes it anew:
`.venv/bin/python -m tests.surface.public`.
"""

from __future__ import annotations

import importlib
import inspect
from enum import Enum
from pathlib import Path
from types import ModuleType

PUBLIC_MODULES = [
    "casualties",
    "casualties.aligning",
    "casualties.bounding",
    "casualties.codebooks",
    "casualties.drafting",
    "casualties.columns",
    "casualties.errors",
    "casualties.estimates",
    "casualties.estimates",
    "casualties.files",
    "casualties.files.mapped",
    "casualties.reconciling.confidence",
    "casualties.reconciling.evidence",
    "casualties.seeds",
    "casualties.show",
    "casualties.show.plots",
    "casualties.testing",
    "casualties.wording",
    "casualties.wording.lexicons",
]
"""What stands in `__all__` of these is promised; what stands in that of others may move."""

SNAPSHOT = Path(__file__).with_name("public.txt")


def promised(module: ModuleType) -> list[str]:
    """List the public names of a module, an enumeration with its values."""
    lines = []
    for name in sorted(module.__all__):
        value = getattr(module, name)
        values = list(value) if inspect.isclass(value) and issubclass(value, Enum) else []
        lines.append(
            f"{module.__name__}.{name}{': ' if values else ''}{' | '.join(str(each.value) for each in values)}"
        )
    return lines


def snapshot() -> str:
    """Write down all that is promised, one name a line."""
    return "\n".join(line for name in PUBLIC_MODULES for line in promised(importlib.import_module(name))) + "\n"


if __name__ == "__main__":
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")
