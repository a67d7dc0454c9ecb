"""Rows of a table held to the records: columns pass what is plainly a claim, the reader of files judges the rest.

A row passes where every cell stands as a record would write it, its figure goes with its stance, and its identity is
that of its content.  Distinct words, dates, wordings and sources are read once, by the reader of files itself.  Every
other row is read by that reader as it stands, so that the two can never tell it differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._identities import identities
from casualties.errors import Problem
from casualties.files.cells import unprotect
from casualties.files.csv import rows as rows_of
from casualties.files.rows import RowReader
from casualties.model.claim import Claim, Stance
from casualties.model.figure import MAX_COUNT
from casualties.model.ledger import Ledger
from casualties.model.record import MAX_KEY, MAX_TEXT
from casualties.model.source import Source
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from casualties.columns._batches import Batch

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute"))

__all__ = ["Judge", "Judged", "cells_of"]

_BETWEEN: Final = "\x1f"
"""Stands between the cells of a group; no record takes a text that holds it."""

_STATING: Final = {"source": "x", "harm": "killed", "stance": "states", "low": "0"}
_BASES: Final[Mapping[str, Mapping[str, str]]] = {
    "silence": {"source": "x", "harm": "killed", "stance": "silent"},
    "aspect": {"source": "x", "harm": "killed", "stance": "denies"},
    "target": {"source": "x", "harm": "killed", "stance": "denies"},
    "source": {"harm": "killed", "stance": "states", "low": "0"},
    "stance": {"source": "x"},
}
"""The row in which the distinct cells of a column, or of a group that begins with it, are read."""

_GROUPS: Final = (
    ("source", "source_name", "source_kind", "source_side"),
    ("since", "until"),
    ("relays", "relay_kinds", "relay_sides"),
    ("harm", "presumed"),
    ("age", "sex"),
    *((name,) for name in ("side", "nationality", "status", "role", "place", "event", "cause", "weapon")),
    *((name,) for name in ("perpetrator", "basis", "accounted", "with", "without", "silence", "aspect", "target")),
    *(
        (name,)
        for name in ("modality", "stated", "replaces", "our_reading", "alleged", "all", "present", "notes", "extra")
    ),
    *(
        (name,)
        for name in ("publisher", "report_title", "address", "published", "retrieved", "saved", "locator", "words")
    ),
    ("based_on",),
)
_ONE_BY_ONE: Final = ("method", "interval", "level", "only")
"""Columns that few rows fill, and that go together with others."""
_KEY: Final = ("^[!-~]+( [!-~]+)*$", MAX_KEY)
_TEXT: Final = ("^[!-~]([ -~]*[!-~])?$", MAX_TEXT)
_ID: Final = ("^c[0-9]+-[0-9a-f]{20}$", MAX_KEY)
_PLAIN: Final = {
    **dict.fromkeys(("side", "nationality", "role", "place", "event", "weapon", "perpetrator"), _KEY),
    **dict.fromkeys(("publisher", "report_title", "address", "saved", "locator", "words"), _TEXT),
    **dict.fromkeys(("target", "replaces", "based_on"), _ID),
}
"""What every record takes as it stands, so that distinct cells of this form need not be read one by one."""

_SAID: Final = ("stance", "silence", "low", "high", "assumed")


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of some rows.

    Attributes:
        texts: Columns of texts as records write them.
        counts: Columns of counts.
        claim_id: The identities.
        good: Which rows are claims.
        problems: What is wrong in the others, each with the number of its row.
        changed: Whether a record writes something otherwise than it was given.
    """

    texts: Mapping[str, pa.Array]
    counts: Mapping[str, pa.Array]
    claim_id: pa.Array
    good: Any
    problems: tuple[tuple[int, Problem], ...]
    changed: bool


def cells_of(claim: Claim, source: Source) -> dict[str, str]:
    """Give the cells of a claim with at most one citation, as they stand in a table."""
    cells = {name: unprotect(cell) for name, cell in next(rows_of(Ledger([claim], sources=[source]))).items()}
    if claim.based_on:
        cells["based_on"] = "|".join(link.claim for link in claim.based_on)
    return cells


class Judge:
    """Holds the batches of one table, in their order, to what the reader of files would say."""

    def __init__(self) -> None:
        self._rows = RowReader()
        self._words = RowReader()
        self._known: dict[tuple[str, ...], dict[str, tuple[str, ...] | None]] = {}

    def judged(self, batch: Batch) -> Judged:
        """Judge some rows."""
        return _Judging(self, batch).done()

    def canonical(self, names: tuple[str, ...], joined: str, written: tuple[str, ...]) -> tuple[str, ...] | None:
        """Read distinct cells once, and give them as records write them; ``None`` where none takes them.

        Args:
            names: The columns of the cells.
            joined: The cells.
            written: The columns to give.
        """
        known = self._known.setdefault(names, {})
        if joined not in known:
            cells = joined.split(_BETWEEN)
            row = {**_BASES.get(names[0], _STATING), **dict(zip(names, cells, strict=False))}
            fits = len(cells) == len(names)
            answer = self.read(self._rows if names[0] == "source" else self._words, 0, row) if fits else ()
            known[joined] = tuple(answer.get(name, "") for name in written) if isinstance(answer, dict) else None
        return known[joined]

    def read(self, reader: RowReader, number: int, row: Mapping[str, str]) -> dict[str, str] | tuple[Problem, ...]:
        """Read a row, and give its cells as they would be written, or what is wrong."""
        claim, source, problems = reader.read(number, row)
        return problems if claim is None or source is None else cells_of(claim, source)

    def row(self, number: int, row: Mapping[str, str]) -> dict[str, str] | tuple[Problem, ...]:
        """Read a row of the table as the reader of files does, with the sources of all rows before it."""
        return self.read(self._rows, number, row)


class _Judging:
    """The judging of one batch."""

    def __init__(self, judge: Judge, batch: Batch) -> None:
        self._judge = judge
        self._batch = batch
        self._texts = {name: column for name, column in batch.texts.items() if name not in ("claim_id", "figure")}
        self._counts = dict(batch.counts)
        self._changed = not batch.numeric
        self._doubtful = np.zeros(batch.size, bool)

    def done(self) -> Judged:
        """Judge the rows: all at once where columns can, one by one where they cannot."""
        for names in _GROUPS:
            if used := tuple(name for name in names if name in self._texts):
                self._read_once(used)
        self._read_wordings()
        self._read_marks()
        for name in _ONE_BY_ONE:
            if name in self._texts:
                self._doubt(pc.not_equal(self._texts[name], ""))
        for odd in self._batch.odd.values():
            self._doubt(pc.not_equal(odd, ""))
        self._compare()
        ids = identities(self._texts, self._counts)
        given_ids = self._batch.texts.get("claim_id")
        if given_ids is None:
            self._changed = True
        else:
            self._changed |= bool(pc.any(pc.equal(given_ids, "")).as_py())
            self._doubt(pc.and_(pc.not_equal(given_ids, ids), pc.not_equal(given_ids, "")))
        self._texts["claim_id"] = ids
        problems = tuple(self._one_by_one())
        good = np.ones(self._batch.size, bool)
        good[sorted({number - self._batch.first for number, _ in problems})] = False
        return Judged(self._texts, self._counts, self._texts["claim_id"], good, problems, self._changed)

    def _doubt(self, rows: pa.Array) -> None:
        self._doubtful |= rows.to_numpy(zero_copy_only=False)

    def _read_once(self, names: tuple[str, ...]) -> None:
        """Read the distinct cells of some columns."""
        columns = [self._texts[name] for name in names]
        joined = columns[0] if len(names) == 1 else pc.binary_join_element_wise(*columns, _BETWEEN)
        coded = joined.dictionary_encode()
        cells = coded.dictionary
        unread = np.arange(len(cells))
        if len(names) == 1:
            unread = np.flatnonzero(~_plain(cells, *_PLAIN.get(names[0], ("^$", 0))))
        distinct = cells.take(pa.array(unread)).to_pylist()
        written = [self._judge.canonical(names, pair, names) for pair in distinct]
        bad = np.zeros(len(cells), bool)
        bad[unread] = [record is None for record in written]
        self._doubtful |= bad[coded.indices.to_numpy()]
        for place, name in enumerate(names):
            old_texts = [pair.split(_BETWEEN)[place] for pair in distinct]
            new = [old if record is None else record[place] for old, record in zip(old_texts, written, strict=True)]
            if new != old_texts:
                self._changed = True
                whole = cells if len(names) == 1 else pa.array([""] * len(cells), pa.string())
                mask = np.zeros(len(cells), bool)
                mask[unread] = True
                whole = pc.replace_with_mask(whole, pa.array(mask), pa.array(new, pa.string()))
                self._texts[name] = whole.take(coded.indices)

    def _read_wordings(self) -> None:
        """Read figures that stand in words, and stances that follow from them."""
        texts, counts = self._texts, self._counts
        empty = pa.array([""] * self._batch.size, pa.string())
        figure = self._batch.texts.get("figure", empty)
        no_figure = pc.and_(pc.is_null(counts["low"]), pc.is_null(counts["high"]))
        unsaid = pc.or_(pc.equal(texts["stance"], ""), pc.equal(texts["stance"], "states"))
        worded = pc.or_(pc.and_(no_figure, unsaid), pc.not_equal(figure, ""))
        if pc.any(worded).as_py():
            columns = {"stance": texts["stance"], "silence": texts.get("silence", empty), "figure": figure}
            columns["harm"] = self._batch.texts["harm"]  # which words may name
            columns["words"] = pc.if_else(pc.equal(figure, ""), texts.get("words", empty), "")
            columns |= {name: counts[name].cast(pa.string()).fill_null("") for name in ("low", "high")}
            joined = pc.binary_join_element_wise(*(column.filter(worded) for column in columns.values()), _BETWEEN)
            coded = joined.dictionary_encode()
            read = [self._judge.canonical(tuple(columns), text, _SAID) for text in coded.dictionary.to_pylist()]
            self._doubtful[worded.to_numpy(zero_copy_only=False)] |= np.array(
                [record is None for record in read], bool
            )[coded.indices.to_numpy()]
            for place, name in enumerate(_SAID):
                cells = pa.array(["" if record is None else record[place] for record in read], pa.string())
                self._say(name, worded, cells.take(coded.indices), in_words=no_figure)
            best = pc.if_else(pc.and_(worded, no_figure), None, counts["best"])
            self._changed |= best.null_count > counts["best"].null_count
            counts["best"] = best
        unsaid = pc.equal(texts["stance"], "")
        if pc.any(unsaid).as_py():
            self._changed = True
            texts["stance"] = pc.if_else(unsaid, "states", texts["stance"])

    def _say(self, name: str, rows: pa.Array, said: pa.Array, *, in_words: pa.Array) -> None:
        """Put what was read from figures and words into a column; marks only where no ends are given."""
        if name in ("low", "high"):
            old_column = self._counts[name]
            new = pc.replace_with_mask(old_column, rows, pc.if_else(pc.equal(said, ""), None, said).cast(pa.int64()))
            self._counts[name] = new
        else:
            old_column = self._texts.get(name, pa.array([""] * self._batch.size, pa.string()))
            new = pc.replace_with_mask(old_column, rows, said)
            if name == "assumed":
                new = pc.if_else(pc.and_(rows, in_words), new, old_column)
            self._texts[name] = new
        self._changed |= not new.equals(old_column)

    def _read_marks(self) -> None:
        """Read the marks of ends that are assumed; an end that is absent cannot be."""
        marks = self._texts.get("assumed")
        if marks is None or not pc.any(pc.not_equal(marks, "")).as_py():
            return
        high = pc.if_else(pc.is_valid(self._counts["high"]), "1", "")
        coded = pc.binary_join_element_wise(marks, high, _BETWEEN).dictionary_encode()
        names = ("assumed", "high")
        read = [self._judge.canonical(names, text, ("assumed",)) for text in coded.dictionary.to_pylist()]
        self._doubtful |= np.array([record is None for record in read], bool)[coded.indices.to_numpy()]
        old_texts = [text.rpartition(_BETWEEN)[0] for text in coded.dictionary.to_pylist()]
        new = [old if record is None else record[0] for old, record in zip(old_texts, read, strict=True)]
        self._changed |= new != old_texts
        self._texts["assumed"] = pa.array(new, pa.string()).take(coded.indices)

    def _compare(self) -> None:
        """Doubt the rows whose figure is none, or whose cells do not go with their stance."""
        here = {
            name: pc.not_equal(self._texts[name], "").to_numpy(zero_copy_only=False)
            if name in self._texts
            else np.zeros(self._batch.size, bool)
            for name in ("source", "harm", "silence", "aspect", "target", "replaces", "assumed")
        }
        counted = {
            name: self._counts[name].is_valid().to_numpy(zero_copy_only=False) for name in ("low", "high", "best")
        }
        low, high, best = (self._counts[name].fill_null(0).to_numpy() for name in ("low", "high", "best"))
        figure = counted["low"] & (low >= 0) & (low <= MAX_COUNT)
        figure &= ~counted["high"] | ((low <= high) & (high <= MAX_COUNT))
        figure &= ~counted["best"] | ((low <= best) & (best <= np.where(counted["high"], high, MAX_COUNT)))
        nothing = ~(counted["low"] | counted["high"] | counted["best"] | here["assumed"])
        fits = {
            Stance.STATES: figure & ~(here["silence"] | here["aspect"] | here["target"]),
            Stance.SILENT: nothing & ~(here["aspect"] | here["target"] | here["replaces"]),
            Stance.DENIES: nothing & ~(here["silence"] | here["replaces"]),
            Stance.WITHDRAWS: nothing & here["target"] & ~(here["silence"] | here["aspect"] | here["replaces"]),
        }
        fits[Stance.UNVERIFIED] = fits[Stance.WITHDRAWS]
        plain = np.zeros(self._batch.size, bool)
        for stance, whole in fits.items():
            plain |= pc.equal(self._texts["stance"], str(stance)).to_numpy(zero_copy_only=False) & whole
        self._doubtful |= ~(plain & here["source"] & here["harm"])

    def _one_by_one(self) -> Iterator[tuple[int, Problem]]:
        """Let the reader of files judge the doubtful rows, and take over how it would write those that are claims."""
        accepted: dict[int, dict[str, str]] = {}
        for place in np.flatnonzero(self._doubtful).tolist():
            number = self._batch.first + place
            cells = self._batch.cells(place)
            judged = self._judge.row(number, cells)
            if isinstance(judged, dict):
                accepted[place] = judged
                judged.pop("reading", None)  # by which the readings of a claim are told apart, as it was given
                judged |= {"reading": cells["reading"]} if "reading" in cells else {}
            else:
                yield from ((number, problem) for problem in judged)
        if not accepted:
            return
        mask = np.zeros(self._batch.size, bool)
        mask[list(accepted)] = True
        rows = [accepted[place] for place in sorted(accepted)]
        for name in self._texts:
            if name != "report":
                self._replace(self._texts, name, mask, pa.array([row.get(name, "") for row in rows], pa.string()))
        for name in self._counts:
            numbers = pa.array([int(row[name]) if name in row else None for row in rows], pa.int64())
            self._replace(self._counts, name, mask, numbers)

    def _replace(self, columns: dict[str, Any], name: str, mask: Any, cells: pa.Array) -> None:
        """Put cells as records write them into a column, and note whether that changes one."""
        written = pc.replace_with_mask(columns[name], pa.array(mask), cells)
        self._changed |= not written.equals(columns[name])
        columns[name] = written


def _plain(cells: pa.Array, form: str, longest: int) -> Any:
    """Tell which cells every record takes as they stand; an empty one says nothing."""
    fits = pc.and_(pc.match_substring_regex(cells, form), pc.less_equal(pc.utf8_length(cells), longest))
    return pc.or_(fits, pc.equal(cells, "")).to_numpy(zero_copy_only=False)
