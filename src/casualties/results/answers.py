"""The three tables out of the kernel's arrays, column by column: no finding is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
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

__all__ = ["TYPES", "Told", "facets_of", "frames_of", "typed"]

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
_RANGES: Final = {"common": "common", "undisputed": "undisputed", "borne_out": "borne", "span": "span"}


class Told:
    """What the kernel answers on some topics after others, kept as far as the tables tell it.

    Args:
        attributed: Whether it is kept what became of each claim.
    """

    def __init__(self, *, attributed: bool) -> None:
        self._attributed = attributed
        self._topics = 0
        self._findings: dict[str, list[Any]] = {}
        self._support: dict[str, list[Any]] = {}
        self._fates: dict[str, list[Any]] = {}

    def add(self, claims: Claims, answer: Answer) -> None:
        """Take what is answered on the next topics."""
        _add(self._findings, _numbers(claims, answer))
        low, high = _ends(_whole(answer.runs.low), _whole(answer.runs.high))
        _add(self._support, {"finding": _whole(answer.runs.topic) + self._topics, "low": low, "high": high})
        if self._attributed:
            fates = {"finding": (_whole(claims.topic) + self._topics).astype("int32")}
            fates |= {"fate": np.asarray(answer.fates.fate, "int8"), "part": np.asarray(answer.fates.part, "int16")}
            _add(self._fates, fates)
        self._topics += len(answer.findings.claims)

    def frames(
        self, facets: Mapping[str, pa.Array], ids: pa.Array | None, topics: Any = None
    ) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Make the tables of findings, attribution and support, with findings numbered from 1.

        Args:
            facets: By topic the columns that tell subjects apart.
            ids: By claim its identity; none for no attribution.
            topics: The topics to tell of, in their order; all where it is left out.
        """
        number = None
        if topics is not None:
            number = np.zeros(self._topics, "int64")
            number[topics] = np.arange(1, len(topics) + 1)
        return self._table(facets, topics), self._attribution(ids, number), self._ranges(number)

    def _table(self, facets: Mapping[str, pa.Array], topics: Any) -> pd.DataFrame:
        size = self._topics if topics is None else len(topics)
        columns: dict[str, Any] = {"finding": _typed(np.arange(1, size + 1), "number")}
        for name in FACET_COLUMNS:
            cells = facets[name] if topics is None else facets[name].take(pa.array(topics))
            columns["victim_status" if name == "status" else name] = _typed(cells, "text")
        for name in list(self._findings):
            cells = np.concatenate(self._findings.pop(name))
            cells = cells if topics is None else cells[topics]
            columns[name] = _typed(_told(cells, _TELL[name]) if name in _TELL else cells, FINDINGS[name])
        return pd.DataFrame({name: columns[name] for name in FINDINGS}, copy=False)

    def write(self, folder: Path, facets: Mapping[str, pa.Array], ids: pa.Array) -> None:
        """Write the tables of all topics into a folder as Parquet files, the attribution some claims at a time.

        Args:
            folder: Where they go, into ``findings``, ``attribution`` and ``support``.
            facets: By topic the columns that tell subjects apart.
            ids: By claim its identity.
        """
        for name, pieces in (
            ("attribution", self._attributed_in_pieces(ids)),
            ("support", [{**_joined(self._support), "finding": _joined(self._support)["finding"] + 1}]),
            ("findings", self._findings_in_pieces(facets)),
        ):
            (folder / name).mkdir(parents=True)
            write_pieces(folder / name / "part-00.parquet", pieces)

    def _attributed_in_pieces(self, ids: pa.Array) -> Iterator[dict[str, Any]]:
        start = 0
        for finding, fate, part in zip(*(self._fates[name] for name in ("finding", "fate", "part")), strict=True):
            doing = [((part & bit) != 0).nonzero()[0] for bit, _ in _ROLES]
            rows = np.concatenate([np.arange(len(fate)), *doing])
            role = np.concatenate(
                [fate, *(np.full(len(some), len(Fate) + at, "int8") for at, some in enumerate(doing))]
            )
            together = np.argsort(rows, kind="stable")  # what one claim does stands together
            rows, role = rows[together], role[together]
            yield {
                "finding": finding[rows] + np.int64(1),
                "claim": ids.slice(start, len(fate)).take(pa.array(rows)),
                "role": pa.DictionaryArray.from_arrays(pa.array(role), _role_names()),
            }
            start += len(fate)

    def _findings_in_pieces(self, facets: Mapping[str, pa.Array]) -> Iterator[dict[str, Any]]:
        start = 0
        for pieces in zip(*self._findings.values(), strict=True):
            size = len(pieces[0])
            columns: dict[str, Any] = {"finding": np.arange(start + 1, start + size + 1)}
            for name in FACET_COLUMNS:
                columns["victim_status" if name == "status" else name] = facets[name].slice(start, size)
            for name, cells in zip(self._findings, pieces, strict=True):
                columns[name] = _told(cells, _TELL[name]) if name in _TELL else cells
            yield {name: columns[name] for name in FINDINGS}
            start += size

    def _attribution(self, ids: pa.Array | None, number: Any) -> pd.DataFrame:
        """List what became of each claim and what it does."""
        if ids is None or not self._fates:
            return typed({name: [] for name in ATTRIBUTION}, ATTRIBUTION)
        finding, fate, part = (np.concatenate(self._fates.pop(name)) for name in ("finding", "fate", "part"))
        finding = finding + 1 if number is None else number[finding]
        held = np.flatnonzero(finding > 0)
        bits = [bit for bit, _ in _ROLES]
        doing = [held[(part[held] & bit) != 0] for bit in bits]
        rows = np.concatenate([held, *doing])
        role = np.concatenate(
            [fate[held], *(np.full(len(some), len(Fate) + at, "int8") for at, some in enumerate(doing))]
        )
        taken = {
            "finding": finding[rows],
            "claim": ids.take(pa.array(rows)),
            "role": _role_names().take(pa.array(role)),
        }
        return pd.DataFrame({name: _typed(taken[name], type_) for name, type_ in ATTRIBUTION.items()}, copy=False)

    def _ranges(self, number: Any) -> pd.DataFrame:
        columns = {name: np.concatenate(pieces) for name, pieces in self._support.items()}
        finding = columns["finding"] + 1 if number is None else number[columns["finding"]]
        some = finding > 0
        taken = {"finding": finding[some], "low": columns["low"][some], "high": columns["high"][some]}
        return pd.DataFrame({name: _typed(taken[name], type_) for name, type_ in SUPPORT.items()}, copy=False)


def _role_names() -> pa.Array:
    """Name the fates, and after them what else a claim does."""
    return pa.array([*(str(fate) for fate in Fate), *(str(name) for _, name in _ROLES)], pa.string())


def _joined(columns: Mapping[str, list[Any]]) -> dict[str, Any]:
    return {name: np.concatenate(pieces) for name, pieces in columns.items()}


def write_pieces(path: Path, pieces: Iterable[Mapping[str, Any]]) -> None:
    """Write pieces of one table into a Parquet file; a number that is none is missing."""
    writer = None
    for columns in pieces:
        arrays = {
            name: cells if isinstance(cells, pa.Array) else pa.array(cells, from_pandas=True)
            for name, cells in columns.items()
        }
        whole = {
            name: cells.cast(pa.int64())
            for name, cells in arrays.items()
            if pa.types.is_integer(cells.type) or pa.types.is_boolean(cells.type)
        }
        table = pa.table({**arrays, **whole})
        if writer is None:
            coded: Any = [name for name, cells in arrays.items() if _is_text(cells.type) and name != "claim"]
            writer = pq.ParquetWriter(path, table.schema, use_dictionary=coded)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _is_text(type_: pa.DataType) -> bool:
    return bool(pa.types.is_string(type_) or pa.types.is_large_string(type_) or pa.types.is_dictionary(type_))


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
    tables = Told(attributed=True)
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


def _typed(cells: Any, type_: str) -> Any:
    """Make a column of pandas of an array, without an object for each cell."""
    if type_ == "text":
        if pa.types.is_dictionary(cells.type):
            return pd.array(cells.dictionary.cast(pa.large_string()).take(cells.indices), dtype=TYPES[type_])
        return pd.array(cells.cast(pa.large_string()), dtype=TYPES[type_])
    return cells.astype(TYPES[type_], copy=False)
