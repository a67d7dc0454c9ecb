"""Packages that only some formats need, loaded when they are asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from casualties.errors import MissingExtraError

__all__ = ["extra"]


def extra(module: str, part: str, name: str) -> Any:  # noqa: ANN401 - a module of another package, which may have no types
    """Load a module of an optional package.

    Args:
        module: The module.
        part: What needs it.
        name: The extra of this library that brings it.

    Raises:
        MissingExtraError: If it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError(f"casualties.formats.{part}", module.partition(".")[0], name) from error
