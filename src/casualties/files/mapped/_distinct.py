"""Some rows of a table as columns, in which every distinct cell, and every distinct set of cells, is read once."""

# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any, Final, NamedTuple

from casualties.errors import CasualtiesError
from casualties.files.alike import kinds, together
from casualties.files.loss import extra
from casualties.files.mapped._slots import ROW, Slot
from casualties.files.mapped.cells import BadCellError, Cells, Remembered, SlotReader
from casualties.model.period import PartialDate
from casualties.model.record import MAX_KEY, MAX_TEXT

__all__ = ["BAD", "Answers", "Block", "Found", "PlainDays", "Read", "Reads", "Words", "arrays"]

BAD: Final = -2
"""The number of a cell that nothing takes; -1 is that of one that says nothing."""

FEW: Final = 1_000
"""Columns of more distinct texts are put together as columns where their form allows it."""

_FORMS: Final = {"key": MAX_KEY, "text": MAX_TEXT, "kept": MAX_TEXT}
"""How long what every record takes as it stands may be, as a key, as a text, or as a text on one line.

It is of letters and marks of ASCII, and has no space at its ends; in a key, and on one line, no two stand together.
"""

_DAY: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}"
_EPOCH: Final = 719_163
"""The number of 1 January 1970, as `datetime.date.toordinal` counts."""


def arrays() -> Any:  # noqa: ANN401 - modules of other packages
    """Load numpy and pyarrow.

    Raises:
        MissingExtraError: If one is not installed.
    """
    names = {"np": "numpy", "pa": "pyarrow", "pc": "pyarrow.compute", "csv": "pyarrow.csv"}
    return SimpleNamespace(**{short: extra(name, "mapped", "columns") for short, name in names.items()})


class Words:
    """The distinct texts of a column, by number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """Give the number of a text; -1 for none."""
        if text is None:
            return -1
        known = self._numbers.setdefault(text, len(self.texts))
        if known == len(self.texts):
            self.texts.append(text)
        return known


class Block:
    """Rows as columns of texts.

    Attributes:
        numbers: The number of each row.
        columns: By name the texts of each row, in Arrow.
    """

    def __init__(self, numbers: Any, columns: Mapping[str, Any]) -> None:  # noqa: ANN401 - arrays
        self._do = do = arrays()
        self.np, self.pa, self.pc = do.np, do.pa, do.pc
        self.numbers = numbers
        self.columns = dict(columns)
        if ROW not in self.columns:
            self.columns[ROW] = self._do.pa.array(numbers).cast(self._do.pa.string())
        self.read: dict[Read, Found] = {}
        self._codes: dict[str, tuple[Any, Any]] = {}
        self._coded: dict[str, tuple[Any, list[str]]] = {}

    def __len__(self) -> int:
        return len(self.numbers)

    def codes(self, name: str) -> tuple[Any, Any]:
        """Give the number of each text of a column, and the texts in Arrow."""
        if name not in self._codes:
            column = self.columns[name]
            coded = column if self._do.pa.types.is_dictionary(column.type) else column.dictionary_encode()
            self._codes[name] = coded.indices.to_numpy(), coded.dictionary
        return self._codes[name]

    def coded(self, name: str) -> tuple[Any, list[str]]:
        """Give the number of each text of a column, and the texts."""
        if name not in self._coded:
            codes, texts = self.codes(name)
            self._coded[name] = codes, [text.strip() for text in texts.to_pylist()]
        return self._coded[name]

    def together(self, names: Iterable[str]) -> tuple[Any, list[dict[str, str]]]:
        """Number the distinct sets of cells of some columns, and give the cells of each."""
        there = [name for name in sorted(names) if name in self.columns]
        codes = [self.coded(name) for name in there]
        of, first = kinds(together((code for code, _ in codes), len(self)))
        listed = [[texts[place] for place in code[first].tolist()] for code, texts in codes]
        return of, [dict(zip(there, cells, strict=True)) for cells in zip(*listed, strict=True)] or [{}] * len(first)


class Answers:
    """What each distinct set of cells comes to, remembered from block to block.

    Attributes:
        names: The columns of the cells.
    """

    def __init__(self, names: Iterable[str], answer: Callable[[Cells], Any]) -> None:
        self.names = tuple(sorted(names))
        self._answer = answer
        self._known = Remembered()

    def of(self, block: Block) -> tuple[Any, list[Any]]:
        """Give the number of each row's answer, and the answers; ``None`` where there is none but an error."""
        of, sets = block.together(self.names)
        return of, [self._known.found(tuple(cells.values()), partial(self._try, cells)) for cells in sets]

    def one(self, cells: Cells) -> Any:  # noqa: ANN401 - whatever is asked for
        """Give the answer to one set of cells; ``None`` where there is none but an error."""
        return self._known.found(tuple(cells[name] for name in self.names if name in cells), partial(self._try, cells))

    def _try(self, cells: Cells) -> Any:  # noqa: ANN401 - whatever is asked for
        try:
            return self._answer(cells)
        except (BadCellError, CasualtiesError):
            return None


class Found(NamedTuple):
    """What a slot says in some rows.

    Attributes:
        codes: By row the number of what it says; -1 where it says nothing, and `BAD` where nothing takes the cell.
        words: What the numbers stand for: a list that grows from block to block, or texts of the block in Arrow.
        distinct: Whether each of the words is known to stand there once.
    """

    codes: Any
    words: Any
    distinct: bool = True


class Read:
    """One slot, read column by column.

    Attributes:
        name: The field that it fills.
        named: The columns that it reads.
        words: What it was found to say.
        days: For a date, the numbers of the earliest and the latest day of each of the words.
    """

    def __init__(
        self, name: str, reader: SlotReader, form: str, read: Callable[[SlotReader, Cells], tuple[str | None, Any]]
    ) -> None:
        self.name = name
        self.named = reader.named
        self.words = Words()
        self.days: list[tuple[int, int]] = []
        self._reader = reader
        self._form = form
        self._read = read
        self._answers = Answers(reader.named, self._one)
        self._plain = PlainDays(reader, name) if form == "day" else None

    def _one(self, cells: Cells) -> int:
        text, meant = self._read(self._reader, cells)
        days = (meant.earliest.toordinal(), meant.latest.toordinal()) if self._form == "day" and meant else (0, 0)
        return self._number(text, days)

    def _number(self, text: str | None, days: tuple[int, int]) -> int:
        number = self.words.number(text)
        if number == len(self.days):
            self.days.append(days)
        return number

    def of(self, block: Block) -> Found:
        """Give what the slot says in each row."""
        if self not in block.read:
            block.read[self] = self._of(block)
        return block.read[self]

    def _of(self, block: Block) -> Found:
        parts = self._reader.template if self._form in _FORMS else ()
        if parts and any(name in block.columns and len(block.codes(name)[1]) > FEW for name in parts[1::2]):
            return self._joined(block, parts)
        if self._plain is not None and (column := self._plain.column) in block.columns:
            codes, words = block.codes(column)
            days = self._plain.of(words)
            numbers = block.np.full(len(words), BAD, "int32")
            for place, text in enumerate(words.to_pylist()):
                if days[place]:
                    numbers[place] = self._number(text.strip()[:10], (int(days[place]), int(days[place])))
                elif (number := self._answers.one({column: text.strip()})) is not None:
                    numbers[place] = number
            return Found(numbers[codes], self.words.texts)
        of, answers = self._answers.of(block)
        numbers = block.np.asarray([BAD if answer is None else answer for answer in answers], "int32")
        return Found(numbers[of], self.words.texts)

    def _joined(self, block: Block, parts: Sequence[str]) -> Found:
        """Put each distinct set of cells between texts at once; what is of no plain form is read one by one."""
        pa, pc, np = block.pa, block.pc, block.np
        if any(name not in block.columns for name in parts[1::2]):
            return Found(np.full(len(block), -1, "int32"), [])
        columns = [block.codes(name) for name in parts[1::2]]
        of, first = kinds(together((code for code, _ in columns), len(block)))
        given = [texts.take(pa.array(code[first])) for code, texts in columns]
        cells = [pc.ascii_trim_whitespace(texts) for texts in given]
        empty = pc.equal(cells[0], "")
        for cell in cells[1:]:
            empty = pc.or_(empty, pc.equal(cell, ""))
        joined = pc.binary_join_element_wise(
            *(pa.scalar(part) if place % 2 == 0 else cells[place // 2] for place, part in enumerate(parts)), ""
        )
        joined = pc.ascii_trim_whitespace(joined)
        plain = pc.and_(pc.ascii_is_printable(joined), pc.less_equal(pc.binary_length(joined), _FORMS[self._form]))
        if self._form != "text":
            plain = pc.and_not(plain, pc.match_substring(joined, "  "))
        numbers = np.where(empty.to_numpy(zero_copy_only=False), -1, np.arange(len(joined))).astype("int32")
        odd = pc.and_not(pc.invert(plain), empty).to_numpy(zero_copy_only=False)
        if odd.any():
            said: list[str | None] = []
            for place in np.flatnonzero(odd).tolist():
                row = [texts[int(code[first[place]])].as_py().strip() for code, texts in columns]
                number = self._answers.one(dict(zip(parts[1::2], row, strict=True)))
                said.append(None if number is None or number < 0 else self.words.texts[number])
                numbers[place] = BAD if number is None else -1 if number < 0 else place
            joined = pc.replace_with_mask(joined, pa.array(odd), pa.array(said, pa.string()))
        trimmed = len(columns) == 1 and bool(pc.all(pc.equal(cells[0], given[0])).as_py())
        return Found(numbers[of], joined, distinct=trimmed and not odd.any())


class PlainDays:
    """Cells that hold a year, a month and a day, read as columns, where a mapping reads them so.

    How a date is read hangs on where its digits stand, and not on what they are.  So of all cells that end in the same
    way behind the day one is read, and stands for the others whose day is in the calendar.

    Args:
        reader: What reads one cell.
        part: As for `SlotReader.day`.

    Attributes:
        column: The column that it reads; empty where it does more than read one.
    """

    def __init__(self, reader: SlotReader, part: str = "") -> None:
        template = reader.template
        self.column = template[1] if len(template) == 3 and not (template[0] or template[2]) else ""
        self._do = arrays()
        self._reader, self._part = reader, part
        self._known: dict[str, bool] = {}

    def of(self, words: Any) -> Any:  # noqa: ANN401 - arrays
        """Give the number of the day that each cell is; 0 where it is none of this form."""
        np, pc = self._do.np, self._do.pc
        of_each_word = np.zeros(len(words), "int64")
        texts = pc.utf8_trim_whitespace(words)
        ends = pc.utf8_slice_codeunits(texts, 10).dictionary_encode()
        if not self.column or len(ends.dictionary) > FEW:
            return of_each_word
        read = np.asarray([self._reads(end) for end in ends.dictionary.to_pylist()], bool)[ends.indices.to_numpy()]
        read &= pc.match_substring_regex(texts, _DAY).to_numpy(zero_copy_only=False)
        days = pc.utf8_slice_codeunits(texts.filter(self._do.pa.array(read)), 0, 10)
        try:
            numbers = np.asarray(days.to_pylist(), "datetime64[D]").astype("int64") + _EPOCH
        except ValueError:  # one is in no calendar; each is read by itself
            return of_each_word
        of_each_word[read] = np.where(numbers > 0, numbers, 0)
        return of_each_word

    def _reads(self, end: str) -> bool:
        """Tell whether a day with so much behind it is read as that day."""
        if end not in self._known:
            try:
                day = self._reader.day({self.column: f"2001-02-03{end}"}, self._part)
            except (BadCellError, CasualtiesError):
                day = None
            self._known[end] = day == PartialDate.parse("2001-02-03")
        return self._known[end]


class Reads:
    """Slots of a mapping, of which those that are the same are read once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, Slot], Read] = {}

    def __call__(
        self, name: str, reader: SlotReader, form: str, read: Callable[[SlotReader, Cells], tuple[str | None, Any]]
    ) -> Read:
        """Give the reading of a slot as a field."""
        return self._made.setdefault((name, reader.slot), Read(name, reader, form, read))
