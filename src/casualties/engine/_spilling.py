"""Tables that DuckDB keeps between steps where they may go to the disk, so that a limit of memory is one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

__all__ = ["SPILLED", "Spilling", "current", "spilling"]

SPILLED: Final = 1_000_000
"""From so many rows on what DuckDB keeps goes into temporary tables.

They stay below the connection's ``memory_limit`` and go to its ``temp_directory``; fewer rows are kept in the memory of
the process, which is quicker.
"""


class Spilling:
    """The temporary tables of one reconciliation.

    Args:
        through: A relation of the connection with a short plan, through which tables are asked for.
    """

    def __init__(self, through: Any) -> None:
        self._through = through
        self._names: list[str] = []

    def keep(self, relation: Any) -> Any:
        """Work a relation out into a table, and give the relation of that."""
        name = f"casualties_{uuid.uuid4().hex}"
        relation.query("worked_out", f"create temp table {name} as select * from worked_out")  # noqa: S608 - our own name
        self._names.append(name)
        return self._through.query("through", f"select * from {name}")  # noqa: S608 - our own name

    def last(self, relations: Sequence[Any]) -> list[Any]:
        """Work out the answers, which stay."""
        before, self._names = self._names, []
        kept = [self.keep(relation) for relation in relations]
        self._names = before
        return kept

    def drop(self) -> None:
        """Drop every table that is no answer."""
        while self._names:
            self._through.query("through", f"drop table {self._names.pop()}")


_now: ContextVar[Spilling | None] = ContextVar("_now", default=None)


@contextmanager
def spilling(through: Any, rows: int) -> Iterator[Spilling | None]:
    """Let what is kept within go to the disk, where there are rows enough."""
    room = Spilling(through) if rows >= SPILLED else None
    token = _now.set(room)
    try:
        yield room
    finally:
        _now.reset(token)
        if room is not None:
            room.drop()


def current() -> Spilling | None:
    """Give where tables are kept now; nothing where they stay in memory."""
    return _now.get()
