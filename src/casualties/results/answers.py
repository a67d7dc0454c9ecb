"""The three tables out of the kernel's arrays, column by column: no finding is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casualties.model.figure import End, Figure
from casualties.model.period import PartialDate
from casualties.reconciling.confidence import LEVELS
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.claims import OPEN, Claims
from casualties.reconciling.pairs import FindingStatus
from casualties.reconciling.position import Fate
from casualties.show.optional import Lazily
from casualties.show.schema import ATTRIBUTION, FACET_COLUMNS, FINDINGS, PANDAS, SUPPORT, Role

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq
else:
    np, pd, pa, pq = (Lazily(name, "columns") for name in ("numpy", "pandas", "pyarrow", "pyarrow.parquet"))

__all__ = ["TYPES", "Told", "facets_of", "framed", "frames_of", "typed", "write_pieces"]

TYPES: Final = {**PANDAS, "text": "string[pyarrow]"}
"""The types of pandas in which columns stand: texts in Arrow, where a million take no object each."""

_ROLES: Final = (
    (out.COMMON_LOW, Role.COMMON_LOW),
    (out.COMMON_HIGH, Role.COMMON_HIGH),
    (out.UNDISPUTED_LOW, Role.UNDISPUTED_LOW),
    (out.UNDISPUTED_HIGH, Role.UNDISPUTED_HIGH),
    (out.SPAN_LOW, Role.SPAN_LOW),
    (out.SPAN_HIGH, Role.SPAN_HIGH),
    (out.SUPPORTS, Role.SUPPORTS),
    (out.DISPUTES, Role.DISPUTES),
)
_COUNTED: Final = {
    "support_ranges": "runs",
    "support_sources": "allow",
    "independent_sources": "independents",
    **{name: name for name in ("disputes", "near", "overtaken", "outside", "denials", "silences")},
    "claim_count": "claims",
    "set_aside_count": "set_aside",
}
_TOGETHER: Final = 1 << 18
"""How many findings are written together."""

_DICTIONARY: Final = 1 << 26
"""Up to how many bytes the distinct texts are that are written together, and up to how many rows."""

_RANGES: Final = {"common": "common", "undisputed": "undisputed", "borne_out": "borne", "span": "span"}


class Told:
    """What the kernel answers on some topics after others, kept as far as the tables tell it.

    Args:
        size: How many topics there are.
    """

    def __init__(self, size: int) -> None:
        self._size, self._topics = size, 0
        self._findings: dict[str, Any] = {}
        self._support: dict[str, list[Any]] = {}
        self._fates: dict[str, list[Any]] = {}

    def add(self, claims: Claims, answer: Answer) -> None:
        """Take what is answered on the next topics."""
        stop = self._topics + len(answer.findings.claims)
        for name, cells in _numbers(claims, answer).items():
            if name not in self._findings:  # room for all at once, or what parts leave lies scattered in memory
                self._findings[name] = np.empty(self._size, cells.dtype)
            self._findings[name][self._topics : stop] = cells
        low, high = _ends(_whole(answer.runs.low), _whole(answer.runs.high))
        _add(self._support, {"finding": _whole(answer.runs.topic) + self._topics, "low": low, "high": high})
        fates = {"finding": (_whole(claims.topic) + self._topics).astype("int32")}
        fates |= {"fate": np.asarray(answer.fates.fate, "int8"), "part": np.asarray(answer.fates.part, "int16")}
        _add(self._fates, fates)
        self._topics = stop

    def frames(
        self, facets: dict[str, pa.Array], ids: pa.Array | Callable[[], pa.Array], topics: Any = None
    ) -> tuple[pd.DataFrame, Any, Any]:
        """Make the tables of findings, attribution and support, with findings numbered from 1.

        Args:
            facets: By topic the columns that tell subjects apart; each is let go once it stands in the table.
            ids: By claim its identity, or what works these out when somebody asks for the attribution; then it and the
                support are made when they are asked for.
            topics: The topics to tell of, in their order; all where it is left out.
        """
        number = None
        if topics is not None:
            number = np.zeros(self._topics, "int64")
            number[topics] = np.arange(1, len(topics) + 1)
        attribution, support = partial(self._attribution, ids, number), partial(self._ranges, number)
        lazily = callable(ids)
        return (
            pd.DataFrame({name: self._column(name, facets, topics) for name in FINDINGS}, copy=False),
            attribution if lazily else attribution(),
            support if lazily else support(),
        )

    def _column(self, name: str, facets: dict[str, pa.Array], topics: Any) -> Any:
        """Make one column of the findings, of which nothing else is kept."""
        facet = "status" if name == "victim_status" else name
        if name == "finding":
            cells = np.arange(1, (self._topics if topics is None else len(topics)) + 1)
        elif name in self._findings:
            cells = self._findings.pop(name)
            cells = cells if topics is None else cells[topics]
            cells = _told(cells, _TELL[name]) if name in _TELL else cells
        else:
            cells = facets.pop(facet)
            cells = cells if topics is None else cells.take(pa.array(topics))
        return _typed([_plain(cells) if FINDINGS[name] == "text" else cells], FINDINGS[name])

    def _attribution(self, ids: pa.Array | Callable[[], pa.Array], number: Any) -> pd.DataFrame:
        return framed(self._of_claims(ids() if callable(ids) else ids, number), ATTRIBUTION)

    def _ranges(self, number: Any) -> pd.DataFrame:
        return framed(self._of_support(number), SUPPORT)

    def write(self, folder: Path, facets: Mapping[str, pa.Array], ids: pa.Array) -> None:
        """Write the tables of all topics into a folder as Parquet files, the attribution some claims at a time.

        Args:
            folder: Where they go, into ``findings``, ``attribution`` and ``support``.
            facets: By topic the columns that tell subjects apart.
            ids: By claim its identity.
        """
        for name, pieces in (
            ("attribution", self._of_claims(ids, None)),
            ("support", self._of_support(None)),
            ("findings", self._of_findings(facets)),
        ):
            write_pieces(folder / name, pieces)

    def _of_findings(self, facets: Mapping[str, pa.Array]) -> Iterator[dict[str, Any]]:
        """Give the columns of findings, so many at a time as one file keeps together."""
        columns, self._findings = self._findings, {}
        for start in range(0, self._topics, _TOGETHER) or (0,):
            stop = min(start + _TOGETHER, self._topics)
            piece: dict[str, Any] = {"finding": np.arange(start + 1, stop + 1)}
            for name in FACET_COLUMNS:
                piece["victim_status" if name == "status" else name] = facets[name].slice(start, stop - start)
            for name, cells in columns.items():
                piece[name] = _told(cells[start:stop], _TELL[name]) if name in _TELL else cells[start:stop]
            yield {name: piece[name] for name in FINDINGS}

    def _of_claims(self, ids: pa.Array, number: Any) -> Iterator[dict[str, Any]]:
        """Give what became of each claim and what it does: what one claim does stands together."""
        start = 0
        fates = (self._fates.get(name, []) for name in ("finding", "fate", "part"))
        for finding, fate, part in zip(*fates, strict=True):
            does = np.empty((len(fate), 1 + len(_ROLES)), bool)
            does[:, 0] = True if number is None else number[finding] > 0
            for at, (bit, _) in enumerate(_ROLES, 1):
                np.not_equal(part & bit, 0, out=does[:, at])
            rows, act = (does & does[:, :1]).nonzero()
            role = np.where(act == 0, fate[rows], act + (len(Fate) - 1)).astype("int8")
            yield {
                "finding": finding[rows] + np.int64(1) if number is None else number[finding[rows]],
                "claim": pa.DictionaryArray.from_arrays(rows.astype("int32"), ids.slice(start, len(fate))),
                "role": pa.DictionaryArray.from_arrays(role, _role_names()),
            }
            start += len(fate)

    def _of_support(self, number: Any) -> Iterator[dict[str, Any]]:
        columns = {name: np.concatenate(pieces) for name, pieces in self._support.items()}
        columns["finding"] = columns["finding"] + 1 if number is None else number[columns["finding"]]
        held = columns["finding"] > 0
        yield {name: columns[name][held] for name in SUPPORT}


def _role_names() -> pa.Array:
    """Name the fates, and after them what else a claim does."""
    return pa.array([*(str(fate) for fate in Fate), *(str(name) for _, name in _ROLES)], pa.string())


def write_pieces(folder: Path, pieces: Iterable[Mapping[str, Any]]) -> None:
    """Write pieces of one table into a Parquet file in a folder of its own; a number that is none is missing.

    Texts that have a number each in a piece are written by it, and are plain texts to who reads the file.
    """
    folder.mkdir(parents=True)
    writer = None
    for columns in pieces:
        arrays = {
            name: _compact(cells) if isinstance(cells, pa.Array) else pa.array(cells, from_pandas=True)
            for name, cells in columns.items()
        }
        whole = {
            name: cells.cast(pa.int64())
            for name, cells in arrays.items()
            if pa.types.is_integer(cells.type) or pa.types.is_boolean(cells.type)
        }
        table = pa.table({**arrays, **whole})
        if writer is None:
            texts = [name for name, cells in arrays.items() if isinstance(cells, pa.DictionaryArray)]
            settings: dict[str, Any] = {"use_dictionary": texts, "write_statistics": ["finding"]}
            settings |= {"dictionary_pagesize_limit": _DICTIONARY, "store_schema": False}
            writer = pq.ParquetWriter(folder / "part-00.parquet", table.schema, **settings)
        writer.write_table(table, row_group_size=_DICTIONARY)
    if writer is not None:
        writer.close()


def _compact(cells: pa.Array) -> pa.Array:
    """Keep of a dictionary only what is named, where it is much longer than the column."""
    if not isinstance(cells, pa.DictionaryArray) or len(cells.dictionary) <= len(cells):
        return cells
    return cells.dictionary.take(cells.indices).dictionary_encode()


def frames_of(
    claims: Claims,
    answer: Answer,
    ids: Sequence[str],
    subjects: Iterable[Any],
    topics: Sequence[int],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Make the tables of findings, attribution and support of some topics, numbered from 1 in the order given.

    Args:
        claims: What the kernel was given.
        answer: What it answered.
        ids: By row the identity of its claim.
        subjects: The subjects of all topics.
        topics: The topics.
    """
    tables = Told(len(answer.findings.claims))
    tables.add(claims, answer)
    facets = {name: pa.array(cells, pa.string()) for name, cells in facets_of(subjects).items()}
    return tables.frames(facets, pa.array(ids, pa.string()), _whole(topics))


def facets_of(subjects: Iterable[Any]) -> dict[str, list[str | None]]:
    """Give the columns that tell subjects apart."""
    subjects = list(subjects)
    columns: dict[str, list[str | None]] = {}
    for name in FACET_COLUMNS:
        field = "with_" if name == "with" else name
        values = [getattr(subject, field) for subject in subjects]
        if name in ("harm", "with", "without"):
            columns[name] = ["; ".join(value) or None for value in values]
        else:
            columns[name] = [None if value is None else str(value) for value in values]
    return columns


def _numbers(claims: Claims, answer: Answer) -> dict[str, Any]:
    """Give the columns of findings as numbers; those of texts as what is told of each distinct one."""
    numbers = {name: _whole(getattr(answer.findings, name)) for name in out.Findings.__slots__}
    topic = _whole(claims.topic)
    standing = (_whole(answer.fates.fate) == out.STANDS) & ((_whole(claims.marks) & given.ESTIMATE) != 0)
    columns: dict[str, Any] = {"until": numbers["day"] << 22 | numbers["day_latest"], "status": numbers["status"]}
    for name, of in _RANGES.items():
        columns[f"{name}_low"], columns[f"{name}_high"] = _ends(numbers[f"{of}_low"], numbers[f"{of}_high"])
    columns |= {name: numbers[column].astype("int32") for name, column in _COUNTED.items()}
    columns["gap"] = np.where(numbers["disputes"] > 0, numbers["gap"], np.nan)
    columns["estimates"] = np.bincount(topic[standing], minlength=len(numbers["claims"])).astype("int32")
    columns["divided"] = (numbers["flags"] & (out.DIFFERS | out.CONTRADICTS | out.DIVIDED)) != 0
    columns["revised_down"] = (numbers["flags"] & out.REVISED_DOWN) != 0
    columns["confidence"] = numbers["level"]
    low, high = numbers["undisputed_low"], numbers["undisputed_high"]
    floor = (low >> 1) > 0
    columns["confidence_for"] = np.where(high < 0, -1, np.where(floor, low << 1, (high << 1) | 1))
    return columns


def _add(to: dict[str, list[Any]], columns: Mapping[str, Any]) -> None:
    for name, cells in columns.items():
        to.setdefault(name, []).append(cells)


def _whole(values: Any) -> Any:
    return np.asarray(values, "int64")


def _ends(low: Any, high: Any) -> tuple[Any, Any]:
    """Unpack ends: an absent upper end is infinite, and where there is no range both are missing."""
    absent = high < 0
    upper = np.where(high >= OPEN, np.inf, (high >> 1).astype("float64"))
    return np.where(absent, np.nan, (low >> 1).astype("float64")), np.where(absent, np.nan, upper)


def _told(numbers: Any, tell: Callable[[int], str | None]) -> pa.Array:
    """Tell each distinct number once."""
    coded = pa.array(numbers).dictionary_encode()
    texts = pa.array([tell(code) for code in coded.dictionary.to_pylist()], pa.large_string())
    return texts.take(coded.indices)


def _day(day: int) -> str | None:
    first, last = day >> 22, day & ((1 << 22) - 1)
    return str(PartialDate(date.fromordinal(first), date.fromordinal(last))) if last else None


def _figure(end: int) -> str | None:
    """Tell the end for which there is confidence: a lower one, or with the last bit set an upper one."""
    if end < 0:
        return None
    packed = end >> 1
    if not end & 1:
        return str(Figure(packed >> 1, None, assumed=frozenset([End.LOW] * (not packed & 1))))
    if packed >= OPEN:
        return str(Figure(0, None))
    return str(Figure(0, packed >> 1, assumed=frozenset([End.HIGH] * (packed & 1))))


_TELL: Final[dict[str, Callable[[int], str | None]]] = {
    "until": _day,
    "status": lambda status: str(tuple(FindingStatus)[status]),
    "confidence": lambda level: str(LEVELS[level]),
    "confidence_for": _figure,
}


def typed(columns: Any, types: Mapping[str, str]) -> pd.DataFrame:
    """Make a frame of columns by name, each of its published type."""
    return pd.DataFrame({name: pd.Series(columns[name], dtype=TYPES[type_]) for name, type_ in types.items()})


def framed(pieces: Iterable[Mapping[str, Any]], types: Mapping[str, str]) -> pd.DataFrame:
    """Make a frame of pieces of a table, without an object for each cell."""
    given: dict[str, list[Any]] = {name: [] for name in types}
    for piece in pieces:
        for name, type_ in types.items():
            given[name].append(_plain(piece[name]) if type_ == "text" else piece[name])
    if not next(iter(given.values())):
        return typed(given, types)
    return pd.DataFrame({name: _typed(given.pop(name), type_) for name, type_ in types.items()}, copy=False)


def _plain(cells: pa.Array) -> pa.Array:
    """Give texts as pandas holds them."""
    texts = pa.large_string()
    return cells.dictionary.cast(texts).take(cells.indices) if pa.types.is_dictionary(cells.type) else cells.cast(texts)


def _typed(cells: list[Any], type_: str) -> Any:
    """Make a column of pandas of arrays."""
    if type_ == "text":
        return pd.array(pa.chunked_array(cells), dtype=TYPES[type_])
    whole = np.asarray(cells[0]) if len(cells) == 1 else np.concatenate(cells)
    return whole.astype(TYPES[type_], copy=False)
