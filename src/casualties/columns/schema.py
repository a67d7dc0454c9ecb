"""The published columns of tables of claims, as they are given; those of answers are in `casualties.show.schema`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casualties.files.rows import COLUMNS

__all__ = ["CLAIMS", "RESOLVED"]

_TEXT, _COUNT, _NUMBER, _FLAG = "text", "count", "number", "flag"
_NOT_TEXT: Final = {"low": _COUNT, "high": _COUNT, "best": _COUNT, "reading": _NUMBER}

CLAIMS: Final[Mapping[str, str]] = MappingProxyType(
    {name: _NOT_TEXT.get(name, _TEXT) for name in (*COLUMNS, "based_on")}
)
"""Columns and types of a table of claims: those of the flat CSV, and ``based_on``.

Only ``source`` and ``harm`` must be there; columns alone need ``claim_id``, ``stance`` and ``low`` too.  A row is a
claim and one reading of it, numbered from 1 in ``reading``; where that column is absent every row is a claim.  Several
words in one cell are separated by ``|``.  A missing value means what an empty cell of the CSV means: a missing ``high``
is no ceiling, never zero.  Dates are text in the notation of `casualties.model.period`.
"""

RESOLVED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "topic_status": _TEXT,
        "origin": _TEXT,
        "rests": _FLAG,
        "copy": _FLAG,
        "withdrawn": _FLAG,
        "misrelayed": _FLAG,
        "named": _FLAG,
        "at_source": _FLAG,
        "interest": _TEXT,
        "side_spoken_for": _TEXT,
        "graded_low": _FLAG,
        "first_published": _TEXT,
    }
)
"""Further columns of a table that was made from a ledger: what its trees, links and gradings come to.

They hold for the view for which the table was made.  ``topic_status`` is the victims' status with what their
role implies, ``origin`` its independent source, ``rests`` whether that is the word of others, ``copy`` whether it
repeats what is spoken already, ``named`` whether a later claim replaces it by name, ``interest`` whose dead the source
counts, ``side_spoken_for`` the source's side by its tree, ``first_published`` the earliest publication.
"""
