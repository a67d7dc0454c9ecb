"""A proposed mapping, and how its parts are written in YAML."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casualties._text import inert
from casualties.files.mapped._known_tables import text_for
from casualties.files.mapped._sheet import Sheet
from casualties.files.mapped.mapping import TableMapping
from casualties.model.ledger import slug

__all__ = ["ProposedMapping", "by_tags", "cell", "of_known", "plain"]


@dataclass(frozen=True, slots=True)
class ProposedMapping:
    r"""A mapping proposed from a sheet.

    Attributes:
        text: The mapping as a file with comments, every column with samples among them.
        assumed: What it takes for granted; the mapping says so to whoever reads a table by it.
        asked: What is left open, each with the line that would answer it.

    Examples:
        >>> import tempfile, pathlib, casualties as cs
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "log.csv")
        ...     _ = path.write_text("Town;Source;Killed\nBarda;Prosecutor;at least 21\n", encoding="utf-8")
        ...     print(cs.tables.propose(path).mapping.claims[0].count)
        Killed
    """

    text: str
    assumed: tuple[str, ...]
    asked: tuple[str, ...]

    @property
    def mapping(self) -> TableMapping:
        r"""The mapping itself.

        Examples:
            >>> ProposedMapping("name: a\nsource: b\nclaims: [{harm: killed, count: n}]", (), ()).mapping.name
            'a'
        """
        return TableMapping.parse(self.text, "proposal")

    def __str__(self) -> str:
        return self.text


def of_known(name: str, path: Path) -> ProposedMapping:
    text, assumed = text_for(name, path)
    return ProposedMapping(text, (assumed,), ())


def by_tags(sheet: Sheet, path: Path) -> ProposedMapping:
    """Propose the mapping of a table whose columns carry HXL hashtags, which say what they are."""
    name = slug(path.stem) or "sheet"
    assumed: tuple[str, ...] = ("the HXL hashtags below its header say what the columns are",)
    if not any(tag.startswith("#meta+source") for tag in sheet.tags):
        assumed += (f"{name!r} says it, since no hashtag names a source",)
    written = {"mapping": 1, "name": name, **sheet.told, "tagged": "yes"}
    written |= {"source": name} if len(assumed) > 1 else {}
    lines = [
        f"# A mapping for {inert(path.name)}, by its HXL hashtags.  It runs as it stands.",
        *(f"{key}: {plain(value)}" for key, value in written.items()),
        "assumed:",
        *(f"  - {plain(assumption)}" for assumption in assumed),
    ]
    return ProposedMapping("\n".join(lines) + "\n", assumed, ())


def cell(name: str) -> str:
    """Write what stands for the cell of a column.

    Examples:
        >>> cell("Town")
        '{Town}'
    """
    return f"{{{name}}}"


_WORDS_OF_YAML: Final = frozenset({"yes", "no", "on", "off", "true", "false", "null"})
_SIMPLE: Final = re.compile(r"[^\W\d_][\w /-]*", re.UNICODE)


def plain(value: object) -> str:
    """Write a value on one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{plain(key)}: {plain(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(plain, value)) + "]"
    text = str(value)
    simple = _SIMPLE.fullmatch(text) and text == text.strip() and text.lower() not in _WORDS_OF_YAML
    return text if simple or isinstance(value, int) else json.dumps(text, ensure_ascii=False)
