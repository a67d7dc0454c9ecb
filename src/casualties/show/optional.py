"""Modules of optional packages, loaded when they are first used."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

from casualties.errors import MissingExtraError

__all__ = ["Lazily"]


class Lazily(ModuleType):
    """A module that is loaded when something in it is first asked for.

    Args:
        name: The module.
        extra: The extra of this library that brings it.
        part: What of this library needs it.

    Raises:
        MissingExtraError: When something in it is asked for and it is not installed.

    Examples:
        >>> Lazily("json", "columns").dumps([1])
        '[1]'
        >>> Lazily("no_such_package", "columns").anything
        Traceback (most recent call last):
        ...
        casualties.errors.MissingExtraError: casualties.columns: needs no_such_package, which is not installed
        Hint: install casualties[columns]
    """

    def __init__(self, name: str, extra: str, part: str = "casualties.columns") -> None:
        super().__init__(name)
        self._extra, self._part = extra, part

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        try:
            module = import_module(self.__name__)
        except ImportError as error:
            package = self.__name__.partition(".")[0]
            raise MissingExtraError(self._part, package, self._extra) from error
        return getattr(module, attribute)
