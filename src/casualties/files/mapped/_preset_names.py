"""Mappings that ship with the library, or with other packages."""

from __future__ import annotations

import os
from difflib import get_close_matches
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Final

from casualties._writing import as_path
from casualties.errors import MappingError, UnknownNameError
from casualties.files.mapped.mapping import TableMapping

__all__ = ["known_mapping", "preset", "preset_text", "presets"]

ENTRY_POINTS: Final = "casualties.mappings"
"""The group of entry points under which other packages offer mappings, each the text of a mapping file."""

_FOLDER: Final = files("casualties").joinpath("files", "mapped", "presets")


def presets() -> tuple[str, ...]:
    """List the mappings that ship with the library, and those of other packages, by name.

    Examples:
        >>> from casualties import tables
        >>> "ucdp-ged" in tables.presets()
        True
    """
    return tuple(sorted({*_own(), *(point.name for point in entry_points(group=ENTRY_POINTS))}))


def _own() -> set[str]:
    return {file.name.removesuffix(".yaml") for file in _FOLDER.iterdir() if file.name.endswith(".yaml")}


@cache
def preset_text(name: str) -> str:
    """Give the file of a mapping that ships with the library, or with another package.

    Raises:
        UnknownNameError: If there is none of this name.
        MappingError: If another package offers it, and it cannot be loaded.
    """
    known = presets()
    if name not in known:
        near = get_close_matches(name, known, n=3) or known
        raise UnknownNameError(
            f"mapping {name!r}: no preset and no file has this name",
            "unknown-mapping",
            f"did you mean {' or '.join(map(repr, near))}?",
        )
    if name in _own():
        return _FOLDER.joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    point = min(entry_points(group=ENTRY_POINTS, name=name), key=lambda point: point.value)
    try:
        text = point.load()
    except Exception as error:
        raise MappingError(
            f"mapping {name!r}: {point.value} cannot be loaded, {type(error).__name__}: {error}",
            "bad-mapping",
            "mend or remove the package that offers it",
        ) from error
    if not isinstance(text, str):
        kind = type(text).__name__
        raise MappingError(f"mapping {name!r}: {point.value} is a {kind}", "bad-mapping", "name a text there")
    return text


@cache
def known_mapping(name: str) -> TableMapping:
    """Give a mapping that ships with the library, or with another package.

    Raises:
        UnknownNameError: If there is none of this name.
        MappingError: If another package offers it, and it cannot be loaded.

    Examples:
        >>> from casualties import tables
        >>> tables.known_mapping("ucdp-ged").claims[0].counts
        ('low', 'best', 'high')
    """
    return TableMapping.parse(preset_text(name), name)


def preset(name: str | os.PathLike[str]) -> TableMapping:
    """Give a mapping by the name of a preset or by the path of a file."""
    path = as_path(name)
    if not path.suffix and isinstance(name, str):
        return known_mapping(name)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise MappingError(f"{name}: it cannot be read: {error}", "unreadable-file", "check the path") from error
    return TableMapping.parse(text, str(name))
