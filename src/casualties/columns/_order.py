"""Facets and dates of a table by number: the order in which subjects are listed, and the days that dates allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casualties.columns._identities import harms
from casualties.files.cells import split
from casualties.model.harm import harm_key
from casualties.model.period import PartialDate
from casualties.show.optional import Lazily
from casualties.show.schema import FACET_COLUMNS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute"))

__all__ = ["Days", "days_of", "listed", "order_of", "ranks"]

_DAY: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_EPOCH: Final = 719_163
"""The number of 1 January 1970, as `datetime.date.toordinal` counts."""


def order_of(facets: Mapping[str, Any]) -> Any:
    """Give the places of findings in the order of `casualties.model.subject.Subject.key`, by their facets."""
    keys: list[Any] = []
    for facet in FACET_COLUMNS:
        cells = facets[facet].combine_chunks() if hasattr(facets[facet], "chunks") else facets[facet]
        coded = cells.fill_null("").dictionary_encode()
        if len(coded.dictionary) > 1 or not keys:
            keys.append(ranks(facet, coded.dictionary)[coded.indices.to_numpy()])
    return np.lexsort(keys[::-1])


def ranks(facet: str, words: pa.Array) -> Any:
    """Give the place of each distinct cell of a facet in the order in which subjects are listed."""
    key = _KEYS.get(facet)
    if key is None or (facet == "since" and pc.all(pc.or_(pc.equal(words, ""), _are_days(words))).as_py()):
        order = pc.sort_indices(words).to_numpy()
    else:
        keys = [key(cell) for cell in words.to_pylist()]
        order = np.asarray(sorted(range(len(keys)), key=keys.__getitem__), "int64")
    rank = np.empty(len(words), "int32")
    rank[order] = np.arange(len(words), dtype="int32")
    return rank


_KEYS: Final[dict[str, Callable[[str], Any]]] = {
    "harm": lambda cell: harm_key(tuple(harms(cell.replace("; ", "-or-")))),
    "side": lambda cell: (not cell, cell),
    "with": lambda cell: tuple(split(cell.replace("; ", "|"))),
    "without": lambda cell: tuple(split(cell.replace("; ", "|"))),
    "since": lambda cell: PartialDate.parse(cell).sort_key if cell else (),
}


def listed(facets: Mapping[str, Any]) -> Any:
    """Give texts that sort, character by character, as subjects are listed; for what sorts texts alone."""
    pieces = []
    for facet in FACET_COLUMNS:
        cells = facets[facet].combine_chunks() if hasattr(facets[facet], "chunks") else facets[facet]
        cells = pa.concat_arrays(cells.chunks) if hasattr(cells, "chunks") else cells
        coded = cells.cast(pa.string()).fill_null("").dictionary_encode()
        key = _KEYS.get(facet, str)
        texts = [_sorting(key(cell)) for cell in coded.dictionary.to_pylist()]
        pieces.append(pa.array(texts, pa.string()).take(coded.indices))
    return pc.binary_join_element_wise(*pieces, "\x01")


def _sorting(key: Any) -> str:
    """Write a key so that its text sorts as it does; what is nested ends by a character before all others."""
    if isinstance(key, tuple):
        return "".join(f"{_sorting(part)}\x02" for part in key)
    if isinstance(key, bool | int):
        return f"{int(key):09}"
    if isinstance(key, datetime):
        return key.astimezone(UTC).isoformat() if key.year > 1 else ""  # the first year stands for no time
    return str(key)


class Days(NamedTuple):
    """What distinct dates allow, by their numbers.

    Attributes:
        earliest: The number of the earliest day; 0 where nothing is said.
        latest: That of the latest.
        moment: The moment in microseconds, where an hour is said; else 0.
    """

    earliest: Any
    latest: Any
    moment: Any


def days_of(words: pa.Array) -> Days:
    """Read distinct dates that stand as records write them; days as columns, all others one by one."""
    earliest, latest, moment = (np.zeros(len(words), "int64") for _ in range(3))
    days = _are_days(words).to_numpy(zero_copy_only=False)
    texts = np.asarray(words.filter(pa.array(days)).to_pylist(), "datetime64[D]")
    earliest[days] = latest[days] = texts.astype("int64") + _EPOCH
    for place in np.flatnonzero(~days).tolist():
        if text := words[place].as_py():
            day = PartialDate.parse(text)
            earliest[place], latest[place] = day.earliest.toordinal(), day.latest.toordinal()
            moment[place] = 0 if day.at is None else int(day.at.timestamp() * 1_000_000)
    return Days(earliest, latest, moment)


def _are_days(words: pa.Array) -> pa.Array:
    return pc.match_substring_regex(words, _DAY)
