"""From the cells of a row to the parts of a claim."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from casualties._text import inert
from casualties.files.mapped._columns import ClaimColumns
from casualties.files.mapped._counts import NOTHING, UNSAID, Count, CountReader
from casualties.files.mapped._open import items
from casualties.files.mapped._slots import ROW, GradeColumns, ReportColumns, Slot, TermColumns
from casualties.files.mapped.cells import BadCellError, Cells, SlotReader, holds, text_of
from casualties.files.mapped.mapping import TableMapping
from casualties.model.claim import Assessment, Claim, Link, Stance
from casualties.model.facet import FACETS
from casualties.model.figure import End, Figure
from casualties.model.registry import Registry
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import SIBLINGS_WORD, Term
from casualties.wording import another_harm

__all__ = ["ClaimMaker", "TermMaker", "figures_of", "kept_text", "relays_of", "tallied", "words_of"]

REPORT: Final = ("publisher", "title", "address", "published", "retrieved")
DATES: Final = ("since", "until", "stated", "published", "retrieved", "counted_until")
ESTIMATE: Final = ("method", "interval", "level")
NOTES: Final = {"present": "present", "note": "notes"}
FLAGS: Final = {"yes": True, "true": True, "no": False, "false": False}
ENDS: Final = ("count", "low", "best", "high")
MEANT_BY_EMPTY: Final = ("place",)
"""Facets of which an empty cell is more likely a merged or forgotten one than one that means all of them."""


def _readers(
    record: ClaimColumns | ReportColumns | GradeColumns | TermColumns, names: tuple[str, ...], mapping: TableMapping
) -> list[tuple[str, SlotReader]]:
    return [(name, SlotReader(slot, mapping)) for name in names if isinstance(slot := getattr(record, name), Slot)]


def _values(readers: list[tuple[str, SlotReader]], cells: Cells) -> list[tuple[str, Any]]:
    return [(name, reader.day(cells, name) if name in DATES else reader.text(cells)) for name, reader in readers]


class ClaimMaker:
    """Everything of one `ClaimColumns`, ready to read rows."""

    def __init__(self, columns: ClaimColumns, mapping: TableMapping, registry: Registry) -> None:
        self._columns = columns
        self._mapping = mapping
        self._registry = registry
        self._count = CountReader(columns, mapping)
        self._subject = _readers(columns, ("harm", *FACETS, "since", "until"), mapping)
        self._said = _readers(columns, ("stated", "modality"), mapping)
        self._estimate = _readers(columns, ESTIMATE, mapping)
        self._notes = _readers(columns, tuple(NOTES), mapping)
        self._bound = SlotReader(columns.bound, mapping) if columns.bound else None
        source = columns.source or mapping.source
        self._source = SlotReader(source, mapping) if source else None
        self._cites = [
            (
                _readers(report_columns, REPORT, mapping),
                _readers(report_columns, ("locator", "words", "relays"), mapping),
            )
            for report_columns in (columns.cited, *columns.also_cited)
        ]
        self._asked = [reader for name, reader in self._subject if name in MEANT_BY_EMPTY]
        self._graded = _readers(columns.graded, ("grader", "scale", "grade"), mapping) if columns.graded else []
        self._subjects: dict[tuple[Any, ...], Subject] = {}
        self._reports: dict[tuple[Any, ...], Report] = {}
        self._parties: dict[str, tuple[Source, ...]] = {}
        self.ends = {end: column for end in ENDS if (column := getattr(columns, end)) is not None}
        self.each = columns.each

    def of(self, cells: Cells) -> Iterator[tuple[str, Cells]]:
        """Give the cells of each claim that a row makes, with the place in the row."""
        for place, item_cells in items(cells, self.each) if self.each else [("", cells)]:
            if holds(self._columns.when, item_cells) and not (
                self._columns.unless and holds(self._columns.unless, item_cells)
            ):
                yield place, item_cells

    def where(self, end: str, place: str) -> str:
        """Name the column of an end, with the place of the item where it is in a list."""
        return f"{place}{self.ends[end][len(self.each or '') :]}" if place else self.ends[end]

    def count(self, end: str, value: object) -> Count:
        """Read a cell as a count."""
        if end == "high" and value == math.inf:  # as our own frames write that nothing sets a ceiling
            return NOTHING
        return self._count.read(value)

    @staticmethod
    def figures(counts: dict[str, Count]) -> tuple[dict[str, Figure], dict[str, BadCellError]]:
        """Give the figures of the ends, and the ends that are not one number.

        Words that stand alone in a column of ends are the whole count: "12-15", "at least 30".  Beside another end
        "at least 30" as the lowest count is 30, and "up to 40" as the highest is 40.
        """
        ends = {end: count.figure for end, count in counts.items() if count.figure is not None}
        if len(ends) == 1 and not (alone := next(iter(ends.values()))).is_exact:
            return {"count": alone}, {}
        bad = {}
        for end, figure in ends.items():
            if end == "low" and figure.high is None:
                ends[end] = Figure.exactly(figure.low)
            elif end == "high" and figure.low == 0 and figure.high is not None:
                ends[end] = Figure.exactly(figure.high)
            elif end != "count" and not figure.is_exact:
                bad[end] = BadCellError("not-one-number", f"{figure} is no {end} count", "give one number")
        return ends, bad

    def parties(self, cells: Cells) -> tuple[Source, ...]:
        """Give the sources of a row."""
        text = self._source.text(cells) if self._source else None
        if text is None:
            raise BadCellError("no-source", "the row does not say who says it", "name a source in the mapping")
        if text not in self._parties:
            self._parties[text] = self._registry.parties(text, separators=self._mapping.separators)
        return self._parties[text]

    def claims(self, figures: list[Figure], counts: dict[str, Count], cells: Cells) -> list[Claim]:
        """Make the claims of a row: one for each figure and party, or a silence of each party."""
        shared: dict[str, Any] = dict(_values(self._said, cells))
        shared.update(
            subject=self._subject_of(cells),
            our_reading=self._columns.our_reading,
            all=self._columns.all,
            citations=self._cited(counts, cells),
            assessments=self._assessed(cells),
            extra=[(name, text) for name in self._columns.keep if (text := kept_text(text_of(cells.get(name))))],
            **{NOTES[name]: (text,) for name, text in _values(self._notes, cells) if text is not None},
        )
        shared["only"] = [facet for facet in self._columns.only if getattr(shared["subject"], facet) is not None]
        harm = shared["subject"].harm
        stances = self.stances(figures, counts, cells, harm)
        parties = self.parties(cells)
        made = [[Claim(source=party.key, **stance, **shared) for party in parties] for stance in stances]
        return [claim for joint in made for claim in _one_voice(joint)]

    def stances(
        self, figures: list[Figure], counts: dict[str, Count], cells: Cells, harm: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        """Give what a count says of some harm, as fields of claims: one for each figure, else for each silence."""
        figures = [self._part(figure, cells) for figure in figures]
        for count in counts.values():
            if count.words and (wrong := another_harm(count.words, harm, self._mapping.lexicon)):
                raise BadCellError("another-harm", wrong, "give each harm a claim of its own in the mapping")
        if not figures:
            return [{"stance": Stance.SILENT, "silence": silence} for silence in sorted(_silences(counts))]
        bound = self._bound.text(cells) if self._bound else None
        estimate = dict(_values(self._estimate, cells))
        for stated in counts.values():
            if stated.interval is not None:
                estimate |= {"interval": stated.interval, "level": stated.level}
        return [{"figure": self._count.bounded(figure, bound), **estimate} for figure in figures]

    def _part(self, figure: Figure, cells: Cells) -> Figure:
        """Give the range of a count that is a part of what a coder prefers; see `PartColumns`."""
        whole = self._columns.part_of
        if whole is None or not figure.is_exact:
            return figure
        read = [self._count.read(cells.get(column)).figure for column in (whole.low, whole.best, whole.high)]
        low, best, high = (figure.low if figure is not None and figure.is_exact else None for figure in read)
        if low is None or best is None or high is None or not low <= best <= high:
            return Figure(0, None, best=figure.low)
        ends = max(0, figure.low - (best - low)), figure.low + (high - best)
        return Figure(*ends, best=figure.low, assumed=frozenset(End))

    def harm(self, word: str | None, cells: Cells) -> tuple[str]:
        """Give the harm of a row."""
        if word is None:
            raise self._harmless(cells)
        if wrong := self._mapping.unknown_harm(word):
            raise BadCellError("unknown-harm", *wrong)
        return (word,)

    def _harmless(self, cells: Cells) -> BadCellError:
        """Say why a row has no harm: the reader of a field of statements may have left a count for a reason."""
        why = next(filter(None, (text_of(cells.get(f"{column}.why")) for column, _ in self._mapping.statements)), "")
        if why:
            return BadCellError("no-harm", why, "write it as a claim of its own, with what narrows it")
        return BadCellError("no-harm", "the row does not say what happened to the people counted")

    def _subject_of(self, cells: Cells) -> Subject:
        values = _values(self._subject, cells)
        for reader in self._asked:
            if reader.left_open(cells):
                raise empty_cell(reader)
        key = tuple([value for _, value in values])
        if key not in self._subjects:
            fields = dict(values)
            fields["harm"] = self.harm(fields["harm"], cells)
            self._subjects[key] = Subject(with_=self._columns.with_, without=self._columns.without, **fields)
        return self._subjects[key]

    def _cited(self, counts: dict[str, Count], cells: Cells) -> list[Citation]:
        """Give where the claim was read: in each document that the row names, and in its row where it says no more."""
        words = words_of(counts)
        citations = [self._citation(place, words, cells) for place in range(len(self._cites))]
        several = [citation for citation in citations if citation.report or citation.relays]
        return several or citations[:1]

    def _citation(self, which: int, words: str | None, cells: Cells) -> Citation:
        report, citation = self._cites[which]
        document = tuple([value for _, value in _values(report, cells)])
        if any(document) and (which, document) not in self._reports:
            self._reports[which, document] = Report(**dict(zip((name for name, _ in report), document, strict=True)))
        fields = dict(_values(citation, cells))
        fields.setdefault("words", words)
        if fields.get("locator") is None:
            fields["locator"] = f"row {cells[ROW]}"
        relays = fields.pop("relays", None)
        return Citation(
            report=self._reports.get((which, document)),
            relays=relays_of(relays),
            **fields,
        )

    def _assessed(self, cells: Cells) -> tuple[Assessment, ...]:
        fields = dict(_values(self._graded, cells))
        return (Assessment(**fields),) if fields and all(fields.values()) else ()


@lru_cache(maxsize=4096)
def kept_text(text: str) -> str:
    return inert(text).strip()


def empty_cell(reader: SlotReader) -> BadCellError:
    """Say what may be meant by an empty cell that names a place."""
    return BadCellError(
        "empty-place",
        "it is empty, and the count would be one of all places",
        f"write fill_down: [{', '.join(reader.columns)}] where it means what stands above it, or absent: '' beside it "
        "where it means all places",
        ", ".join(reader.columns),
    )


def figures_of(ends: dict[str, Figure]) -> list[Figure]:
    """Make one figure of a count, or of low, best and high; several where these do not rise.

    Examples:
        >>> figures_of({"low": Figure.exactly(1), "best": Figure.exactly(2), "high": Figure.exactly(5)})
        [Figure(low=1, high=5, best=2)]
        >>> figures_of({"low": Figure.exactly(35), "best": Figure.exactly(228), "high": Figure.exactly(35)})
        [Figure(low=35, high=35), Figure(low=228, high=228)]
    """
    if "count" in ends:
        return [ends["count"]]
    low, best, high = (ends[end].low if end in ends else None for end in ("low", "best", "high"))
    if low is None and high is None:
        return list(ends.values())
    if low is not None and high is not None and low > high:
        around = [Figure.at_least(low), Figure.at_most(high)]
    else:
        around = [Figure(low or 0, high)]
    if best is None:
        return around
    if len(around) == 1 and best in around[0]:
        return [Figure(around[0].low, around[0].high, best=best)]
    return [*around, Figure.exactly(best)]


def relays_of(text: str | None) -> tuple[Relay, ...]:
    """Give who passed a statement on, of a cell that may name several."""
    return tuple(Relay(name=name.strip()) for name in text.split(";")) if text else ()


def tallied(counts: dict[str, Count], ends: dict[str, Figure]) -> dict[str, int]:
    """Tell where the cells of a count go: an empty end beside a stated one says that this end is open."""
    silent = sum(count.silence is not None for count in counts.values())
    return {"claimed": len(counts)} if ends else {"silent": silent, "nothing": len(counts) - silent}


def words_of(counts: dict[str, Count]) -> str | None:
    """Give the words of the cells that state a figure; of those that are silent where none states any."""
    stating = [count for count in counts.values() if count.figure is not None]
    return next((count.words for count in stating or counts.values() if count.words), None)


def _silences(counts: dict[str, Count]) -> set[Any]:
    """Give what kinds of silence the cells are; an empty cell beside words for silence says no more than they do."""
    silences = {count.silence for count in counts.values() if count.silence is not None and count is not UNSAID}
    return silences or {count.silence for count in counts.values() if count.silence is not None}


def _one_voice(joint: list[Claim]) -> list[Claim]:
    """Link the claims of a joint statement to one another, so that they rest on one origin."""
    if len(joint) == 1:
        return joint
    return [
        claim.replacing(based_on=[Link(claim=other.id) for other in joint if other is not claim]) for claim in joint
    ]


class TermMaker:
    """Reads what rows declare of words; each declaration is made once."""

    def __init__(self, mapping: TableMapping) -> None:
        names = tuple(name for name in TermColumns.model_fields if name not in ("kind", "when"))
        self.readers = [(term, _readers(term, names, mapping)) for term in mapping.terms]
        self._made: dict[tuple[Any, ...], Term] = {}

    def see(self, cells: Cells) -> None:
        """Take what a row declares."""
        for place, (columns, readers) in enumerate(self.readers):
            if not holds(columns.when, cells):
                continue
            values = dict(_values(readers, cells))
            key = (place, *values.values())
            if values["key"] is not None and key not in self._made:
                self._made[key] = Term(kind=columns.kind, **_declared(values))

    @property
    def terms(self) -> tuple[Term, ...]:
        """All that was declared."""
        return tuple(self._made.values())


def _declared(values: dict[str, Any]) -> dict[str, Any]:
    """Give the fields of a word from the cells of a row."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        if value is None:
            continue
        if name in ("key", "counted_until"):
            fields[name] = value
        elif name in ("incident", "stock"):
            if value.lower() not in FLAGS:
                raise BadCellError("unknown-value", f"{name} {value!r} is neither yes nor no", "write yes, or nothing")
            fields[name] = FLAGS[value.lower()]
        elif name == "apart" and value == SIBLINGS_WORD:
            fields["siblings_apart"] = True
        else:
            fields["names" if name == "name" else name] = (value,)
    return fields
