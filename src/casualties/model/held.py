"""Ledgers whose claims are held as columns, each of which is made when somebody asks for one."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Protocol

from casualties.model.ledger import Ledger

__all__ = ["Held", "holding"]


class Held(Protocol):
    """Claims that are held as columns, each of which is made when somebody asks for one.

    Attributes:
        table: The claims in Arrow, one row each and citation, with columns of the flat CSV.
        declares: A ledger of all that is declared, with whatever claims are made already.
    """

    table: Any
    declares: Ledger

    @property
    @abstractmethod
    def alike(self) -> Any:  # noqa: ANN401 - arrays
        """Which rows are of one claim, as `casualties.files.alike.Kinds`."""

    @property
    @abstractmethod
    def speaking(self) -> int:
        """How many sources say something."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def whole(self) -> Ledger:
        """Make every claim."""


def holding(held: Held) -> Ledger:
    """Make a ledger of claims that are held as columns.

    Examples:
        >>> import casualties as cs
        >>> from types import SimpleNamespace
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> later = SimpleNamespace(declares=seed.keeping([]), whole=lambda: seed)
        >>> holding(later) == seed
        True
    """
    ledger = object.__new__(Ledger)
    for name in ("apart", "identifications", "sources", "timezones", "titles", "totals", "unread", "words"):
        setattr(ledger, name, getattr(held.declares, name))
    ledger.held = held
    return ledger
