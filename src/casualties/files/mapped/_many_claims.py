"""One claim of a mapping over many rows: what each distinct count, facet, date and wording says is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any, Final

from casualties.errors import CasualtiesError
from casualties.files.alike import kinds, together
from casualties.files.cells import join
from casualties.files.mapped._claims import (
    DATES,
    MEANT_BY_EMPTY,
    NOTES,
    ClaimMaker,
    figures_of,
    kept_text,
    relays_of,
    tallied,
    words_of,
)
from casualties.files.mapped._columns import ClaimColumns
from casualties.files.mapped._distinct import BAD, Answers, Block, Found, Read, Reads, arrays
from casualties.files.mapped._held import FIGURE
from casualties.files.mapped._slots import ROW, Slot
from casualties.files.mapped.cells import BadCellError, Cells, SlotReader, holds, text_of
from casualties.files.mapped.checks import FailedCheck, broken_triple
from casualties.files.mapped.mapping import TableMapping
from casualties.model.claim import Claim, Stance
from casualties.model.record import clean_text
from casualties.model.registry import Registry
from casualties.model.report import Citation, Report
from casualties.model.subject import Subject

__all__ = ["Made", "ManyClaims", "can"]

STANCE: Final = (*FIGURE, "assumed", "stance", "silence", "method", "interval", "level")
"""The columns that a count fills."""

KEYS: Final = ("side", "nationality", "role", "place", "event", "weapon", "perpetrator")
"""Facets that take any name."""

TOGETHER: Final = ("harm", "age", "sex", "presumed")
"""Facets that must go together; see `casualties.model.subject.Subject`."""

NAMES: Final = {"title": "report_title", "note": "notes"}
"""What a field is called in a table of claims, where it has another name there."""


def can(mapping: TableMapping) -> bool:
    """Tell whether columns can follow a mapping; by any other each row is read by itself."""
    return bool(mapping.claims) and not (
        mapping.statements
        or any(claim.each or claim.graded or claim.also_cited for claim in mapping.claims)
        or any("{" in name or "}" in name or "=" in name for claim in mapping.claims for name in claim.keep)
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What one distinct set of counts says: the columns of each claim, and where its cells go."""

    claims: tuple[tuple[Any, ...], ...]
    words: str | None
    tally: Mapping[str, int]
    broken: FailedCheck | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The claims of some rows.

    Attributes:
        rows: The place of the row of each.
        texts: By column what the claims say.
        counts: The ends of figures; -1 for none.
    """

    rows: Any
    texts: dict[str, Found]
    counts: dict[str, Any]


class ManyClaims(ClaimMaker):
    """Everything of one `ClaimColumns`, ready to read blocks of rows."""

    def __init__(self, columns: ClaimColumns, mapping: TableMapping, registry: Registry, shared: Reads) -> None:
        super().__init__(columns, mapping, registry)
        conditions = {name for name, _ in (*columns.when, *columns.unless)}
        self._makes = Answers(
            conditions,
            lambda cells: holds(columns.when, cells) and not (columns.unless and holds(columns.unless, cells)),
        )
        harm = next(reader for name, reader in self._subject if name == "harm")
        asked = set(self.ends.values()) | harm.named
        asked |= {column for column in _whole(columns) if column}
        for reader in (self._bound, *(reader for _, reader in self._estimate)):
            asked |= reader.named if reader is not None else frozenset()
        self._says = Answers(asked, lambda cells: self._said_of(harm, cells))
        self._facets = [shared(name, reader, _form(name), self._facet(name)) for name, reader in self._subject]
        self._facets += [shared(name, reader, _form(name), _of_claim(name)) for name, reader in self._said]
        self._facets += [shared(name, reader, "text", _note(NOTES[name])) for name, reader in self._notes]
        report, citation = self._cites[0]
        self._facets += [shared(name, reader, _form(name), _of_report(name)) for name, reader in report]
        self._facets += [
            shared(name, reader, "" if name == "relays" else "text", _of_citation(name)) for name, reader in citation
        ]
        if self._source is not None:
            self._facets.append(shared("source", self._source, "", self._speaker))
        self._keeps = [
            (name, shared(f"={name}", SlotReader(_slot(name), mapping), "kept", _keeping(name)))
            for name in columns.keep
        ]

    def sees(self, block: Block, strange: Any) -> Callable[[Any], tuple[Made, dict[str, int], list[FailedCheck], Any]]:  # noqa: ANN401
        """Look at a block, mark the rows that must be read by themselves, and give what makes claims of the others."""
        np = block.np
        of, answers = self._makes.of(block)
        active = np.asarray(answers, object).astype(bool)[of]
        of, said = self._says.of(block)
        unsaid = np.asarray([stated is None for stated in said], bool)[of]
        nothing = np.asarray([stated is not None and not stated.claims for stated in said], bool)[of]
        bad = unsaid.copy()
        read: dict[str, tuple[Read, Found]] = {}
        for reader in self._facets:
            coded = reader.of(block)
            read[reader.name] = (reader, coded)
            bad |= (coded.codes == BAD) & ~nothing
        for _, reader in self._keeps:
            bad |= (reader.of(block).codes == BAD) & ~nothing
        bad |= self._disagreeing(block, read, bad) & ~nothing
        strange |= active & bad
        return lambda plain: self._made(block, active & plain, of, said, read)

    @property
    def columns(self) -> set[str]:
        """The columns at which it looks."""
        readers = (*self._facets, *(reader for _, reader in self._keeps))
        return {*self._makes.names, *self._says.names}.union(*(reader.named for reader in readers))

    def _disagreeing(self, block: Block, read: dict[str, tuple[Read, Found]], bad: Any) -> Any:  # noqa: ANN401 - arrays
        """Find the rows whose facets do not go together, or whose period ends before it begins."""
        np = block.np
        wrong = np.zeros(len(block), bool)
        names = [name for name in TOGETHER if name in read]
        if names != ["harm"]:
            of, first = kinds(together((read[name][1].codes for name in names), len(block)))
            fits = []
            for place in first.tolist():
                codes: dict[str, int] = {name: int(read[name][1].codes[place]) for name in names}
                fields = {name: read[name][1].words[code] for name, code in codes.items() if code >= 0}
                fits.append(bool(bad[place]) or _fits(fields))
            wrong |= ~np.asarray(fits, bool)[of]
        if "since" in read and "until" in read:
            ends = []
            for name, end in (("since", 0), ("until", 1)):
                reader, coded = read[name]
                days = np.asarray([*(day[end] for day in reader.days), 0], "int64")
                ends.append(np.where(coded.codes >= 0, days[np.maximum(coded.codes, -1)], 0))
            wrong |= (ends[0] > ends[1]) & (ends[1] > 0)
        return wrong

    def _made(
        self,
        block: Block,
        rows: Any,  # noqa: ANN401 - an array
        of: Any,  # noqa: ANN401 - an array
        said: list[Said | None],
        read: dict[str, tuple[Read, Found]],
    ) -> tuple[Made, dict[str, int], list[FailedCheck], Any]:
        np = block.np
        places = np.flatnonzero(rows)
        which = of[places]
        often = np.bincount(which, minlength=len(said))
        tally = {
            name: sum(int(n) * stated.tally.get(name, 0) for n, stated in zip(often, said, strict=True) if n and stated)
            for name in ("claimed", "silent", "nothing")
        }
        counted = rows if any(column in block.columns for column in self.ends.values()) else np.zeros(len(block), bool)
        tally["cells"] = len(places) * sum(column in block.columns for column in self.ends.values())
        broken = []
        for number in np.flatnonzero([stated is not None and stated.broken is not None for stated in said]).tolist():
            for row in block.numbers[places[which == number]].tolist():
                failed = said[number].broken
                broken.append(FailedCheck(row, failed.rule, failed.values, failed.message))
        number = np.asarray([0 if stated is None else len(stated.claims) for stated in said], "int64")
        start = np.concatenate([[0], np.cumsum(number)])
        times = number[which]
        at = np.repeat(places.astype("int32"), times)
        stance = np.repeat(start[which], times) + (np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times))
        listed = [claim for stated in said if stated is not None for claim in stated.claims]
        columns = list(zip(*listed, strict=True)) or [()] * len(STANCE)
        counts = {name: np.asarray(columns[place], "int64")[stance] for place, name in enumerate(FIGURE)}
        texts: dict[str, Found] = {}
        for place, name in enumerate(STANCE[len(FIGURE) :], len(FIGURE)):
            texts[name] = _coded(np, columns[place], stance)
        if "words" not in read:
            spoken = _coded(np, [None if stated is None else stated.words for stated in said], of)
            texts["words"] = spoken._replace(codes=spoken.codes[at])
        for name, (_, coded) in read.items():
            texts[NAMES.get(name, name)] = coded._replace(codes=coded.codes[at])
        texts["locator"] = self._located(block, texts.get("locator"), at)
        columns_ = self._columns
        for name, constants in (
            ("our_reading", columns_.our_reading), ("all", columns_.all), ("with", columns_.with_),
            ("without", columns_.without),
        ):  # fmt: skip
            if constants:
                texts[name] = Found(np.zeros(len(at), "int32"), [join(constants)])
        if columns_.only:
            texts["only"] = self._only(np, texts, len(at))
        texts = {name: facet_codes for name, facet_codes in texts.items() if (facet_codes.codes >= 0).any()}
        return Made(at, texts, counts), tally, broken, counted

    def _located(self, block: Block, locators: Found | None, at: Any) -> Found:  # noqa: ANN401 - an array
        """Give the place where each claim was read: its row where nothing else is said."""
        pa, np = block.pa, block.np
        if locators is not None and (locators.codes >= 0).all():
            return locators
        rows, of = np.unique(at if locators is None else at[locators.codes < 0], return_inverse=True)
        named = block.columns[ROW].take(pa.array(rows)).cast(pa.string())
        places = block.pc.binary_join_element_wise("row ", named, "")
        if locators is None:
            return Found(of.astype("int32"), places, distinct=False)
        codes = locators.codes.copy()
        codes[codes < 0] = of + len(locators.words)
        return Found(codes, pa.concat_arrays([pa.array(locators.words, pa.string()), places]), distinct=False)

    def _only(self, np: Any, texts: dict[str, Found], size: int) -> Found:  # noqa: ANN401 - numpy
        """Give the facets by which counts are broken down, of those that the row fills."""
        key = np.zeros(size, "int64")
        facets = sorted(set(self._columns.only))
        for place, facet in enumerate(facets):
            if facet in texts:
                key |= (texts[facet].codes >= 0).astype("int64") << place
        cells = [
            join(facet for place, facet in enumerate(facets) if mask >> place & 1) for mask in range(1 << len(facets))
        ]
        return Found(np.where(key == 0, -1, key).astype("int32"), cells)

    def keeping(self, block: Block, at: Any) -> Callable[[], Found | None]:  # noqa: ANN401 - an array
        """Give what makes of the columns that stay with the claims under their names one text for each claim."""
        return partial(_together, [(name, each.of(block)) for name, each in sorted(self._keeps, key=itemgetter(0))], at)

    def _said_of(self, harm: SlotReader, cells: Cells) -> Said:
        """Read one set of counts, as `casualties.files.mapped.read` reads those of a row."""
        counts = {end: self.count(end, cells[column]) for end, column in self.ends.items() if column in cells}
        ends, bad = self.figures(counts)
        for error in bad.values():
            raise error
        tally = tallied(counts, ends)
        if not ends and not tally["silent"]:
            return Said((), None, tally)
        word = harm.text(cells)
        subject = Subject(harm=(word or "",))
        claims = []
        for fields in self.stances(figures_of(ends) if ends else [], counts, cells, subject.harm):
            claim = Claim(source="x", subject=subject, **fields)
            figure = claim.figure
            ends_of = (
                (-1, -1, -1, None)
                if figure is None
                else (
                    figure.low,
                    -1 if figure.high is None else figure.high,
                    -1 if figure.best is None else figure.best,
                    join(sorted(figure.assumed)) or None,
                )
            )
            rest = (getattr(claim, name) for name in STANCE[len(FIGURE) + 1 :])
            claims.append((*ends_of, *(None if value is None else str(value) for value in rest)))
        words = words_of(counts)
        words = Citation(words=words).words
        return Said(tuple(claims), words, tally, broken_triple(0, ends, self.ends) if ends else None)

    def _facet(self, name: str) -> Callable[[SlotReader, Cells], tuple[str | None, Any]]:
        def read(reader: SlotReader, cells: Cells) -> tuple[str | None, Any]:
            if name in MEANT_BY_EMPTY and reader.left_open(cells):
                raise BadCellError("empty-place", "")
            if name in DATES:
                day = reader.day(cells, name)
                if day is not None and day.at is not None:
                    raise BadCellError("not-a-day", "")
                return (None, None) if day is None else (str(day), day)
            value = reader.text(cells)
            if name == "harm":
                return "-or-".join(Subject(harm=self.harm(value, cells)).harm), None
            harm = "missing" if name == "presumed" else "killed"
            checked = getattr(Subject(**{"harm": (harm,), name: value}), name)
            return None if checked is None else str(checked), checked

        return read

    def _speaker(self, _reader: SlotReader, cells: Cells) -> tuple[str | None, Any]:
        parties = self.parties(cells)
        if len(parties) != 1:
            raise BadCellError("joint", "")
        return Claim(source=parties[0].key, subject=Subject(harm=("killed",)), stance=Stance.SILENT).source, None


def _whole(columns: ClaimColumns) -> tuple[str | None, ...]:
    part = columns.part_of
    return () if part is None else (part.low, part.best, part.high)


def _form(name: str) -> str:
    """Name the form in which every record takes a field as it stands."""
    if name in DATES:
        return "day"
    return "key" if name in KEYS else "text" if name in ("publisher", "title", "address") else ""


def _of_claim(name: str) -> Callable[[SlotReader, Cells], tuple[str | None, Any]]:
    def read(reader: SlotReader, cells: Cells) -> tuple[str | None, Any]:
        value = reader.day(cells, name) if name in DATES else reader.text(cells)
        claim = Claim(**{"source": "x", "subject": Subject(harm=("killed",)), "stance": "silent", name: value})
        checked = getattr(claim, name)
        return None if checked is None else str(checked), checked

    return read


def _note(name: str) -> Callable[[SlotReader, Cells], tuple[str | None, Any]]:
    def read(reader: SlotReader, cells: Cells) -> tuple[str | None, Any]:
        text = reader.text(cells)
        if text is None:
            return None, None
        claim = Claim(**{"source": "x", "subject": Subject(harm=("killed",)), "stance": "silent", name: (text,)})
        return join(getattr(claim, name)), None

    return read


def _of_report(name: str) -> Callable[[SlotReader, Cells], tuple[str | None, Any]]:
    def read(reader: SlotReader, cells: Cells) -> tuple[str | None, Any]:
        value = reader.day(cells, name) if name in DATES else reader.text(cells)
        field: dict[str, Any] = {name: value}
        checked = getattr(Report(**field), name)
        return None if checked is None else str(checked), checked

    return read


def _of_citation(name: str) -> Callable[[SlotReader, Cells], tuple[str | None, Any]]:
    def read(reader: SlotReader, cells: Cells) -> tuple[str | None, Any]:
        text = reader.text(cells)
        if name == "relays":
            return join(relay.name for relay in relays_of(text)) or None, None
        field: dict[str, Any] = {name: text}
        return getattr(Citation(**field), name), None

    return read


def _together(columns: list[tuple[str, Found]], at: Any) -> Found | None:  # noqa: ANN401 - an array
    """Put columns that stay with claims together as one text; ``None`` where there are none."""
    do = arrays()
    pa, pc = do.pa, do.pc
    rows, of = do.np.unique(at, return_inverse=True)
    parts = []
    for name, found in columns:
        words = pa.array(found.words, pa.string()) if isinstance(found.words, list) else found.words
        escaped = pc.replace_substring_regex(words, r"([\\|])", r"\\\1")
        cells = pc.binary_join_element_wise("|" + join([f"{name}="]), escaped, "")
        parts.append(cells.take(pa.array(found.codes[rows], mask=found.codes[rows] < 0)).fill_null(""))
    if not parts:
        return None
    joined = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*parts, ""), 1)
    return Found(
        of.astype("int32"), pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined), distinct=False
    )


def _slot(column: str) -> Slot:
    return Slot.model_validate({"from": f"{{{column}}}"})


def _keeping(name: str) -> Callable[[SlotReader, Cells], tuple[str | None, Any]]:
    def read(_reader: SlotReader, cells: Cells) -> tuple[str | None, Any]:
        text = kept_text(text_of(cells.get(name)))
        return (clean_text(text), None) if text else (None, None)

    return read


def _fits(fields: Mapping[str, Any]) -> bool:
    """Tell whether facets go together in one subject."""
    try:
        Subject(**{**fields, "harm": (fields.get("harm", ""),)})
    except CasualtiesError:
        return False
    return True


def _coded(np: Any, values: Any, taken: Any) -> Found:  # noqa: ANN401 - arrays
    """Number the texts of a column, and take some of them."""
    texts = sorted({value for value in values if value is not None})
    number = {text: place for place, text in enumerate(texts)} | {None: -1}
    return Found(np.asarray([number[value] for value in values], "int32")[taken], texts)
