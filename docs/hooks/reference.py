"""List the members of each enumeration of the reference, from the texts that stand below them in the code."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from enum import Enum
from itertools import pairwise
from typing import Any, Final

LINE: Final = re.compile(r"^::: (casualties[\w.]*)\.(\w+)$", re.MULTILINE)
ONLY_METHODS: Final = '\n    options:\n      filters: ["!^[A-Z_]"]\n'


def members(kind: type[Enum]) -> list[tuple[str, str, str, str]]:
    """Give the name, the value, the sentence and the example of each member.

    The sentence stands below the member, before `Example: `, or is what the member's `says` gives.
    """
    (body,) = (
        each.body for each in ast.parse(textwrap.dedent(inspect.getsource(kind))).body if isinstance(each, ast.ClassDef)
    )
    texts = {
        name.id: " ".join(text.value.value.split())
        for given, text in pairwise(body)
        if isinstance(given, ast.Assign)
        and isinstance(name := given.targets[0], ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
    rows = []
    for member in kind:
        sentence, _, example = texts.get(member.name, "").partition("Example: ")
        said = sentence.strip() or f"{getattr(member, 'says', '')}."
        rows.append((member.name, str(member.value), said[:1].upper() + said[1:], example))
    return rows


def table(kind: type[Enum]) -> str:
    """Write the members as a table."""
    rows = [
        f"| `{kind.__name__}.{name}` | `{value}` | {sentence} | {example} |"
        for name, value, sentence, example in members(kind)
    ]
    return "\n".join(["| in Python | in a file | what it says | example |", "|---|---|---|---|", *rows])


def on_page_markdown(markdown: str, **_given: Any) -> str:  # noqa: ANN401 - as mkdocs calls it
    """Put the table of its members below each enumeration."""

    def listed(match: re.Match[str]) -> str:
        try:
            value = getattr(importlib.import_module(match[1]), match[2], None)
        except ModuleNotFoundError:
            return match[0]
        if not (inspect.isclass(value) and issubclass(value, Enum)):
            return match[0]
        return f"{match[0]}{ONLY_METHODS}\n{table(value)}\n"

    return LINE.sub(listed, markdown)
