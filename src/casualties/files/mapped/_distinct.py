"""Some rows of a table as columns, in which every distinct cell, and every distinct set of cells, is read once."""

# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any, Final

from casualties.errors import CasualtiesError
from casualties.files.loss import extra
from casualties.files.mapped._slots import ROW, Slot
from casualties.files.mapped.cells import BadCellError, Cells, Remembered, SlotReader
from casualties.model.record import MAX_KEY, MAX_TEXT

__all__ = ["BAD", "Answers", "Block", "Read", "Reads", "Words", "arrays", "numbered"]

BAD: Final = -2
"""The number of a cell that nothing takes; -1 is that of one that says nothing."""

ROOM: Final = 1 << 16
"""Up to how many sets of cells are told apart by a table of all that there may be, however few rows there are."""

FEW: Final = 1_000
"""Columns of more distinct texts are put together as columns where their form allows it."""

_FORMS: Final = {"key": ("^[!-~]+( [!-~]+)*$", MAX_KEY), "text": ("^[!-~]([ -~]*[!-~])?$", MAX_TEXT)}
_FORMS["kept"] = _FORMS["key"][0], MAX_TEXT
"""What every record takes as it stands, as a key, as a text, or as a text on one line."""


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
        found = self._numbers.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
        return found


class Block:
    """Rows as columns of texts.

    Attributes:
        numbers: The number of each row.
        columns: By name the texts of each row, in Arrow.
    """

    def __init__(self, numbers: Any, columns: Mapping[str, Any]) -> None:  # noqa: ANN401 - arrays
        self._do = arrays()
        self.numbers = numbers
        self.columns = dict(columns)
        if ROW not in self.columns:
            self.columns[ROW] = self._do.pa.array(numbers).cast(self._do.pa.string())
        self.read: dict[Read, tuple[Any, Any]] = {}
        self._coded: dict[str, tuple[Any, list[str]]] = {}

    def __len__(self) -> int:
        return len(self.numbers)

    def coded(self, name: str) -> tuple[Any, list[str]]:
        """Give the number of each text of a column, and the texts."""
        if name not in self._coded:
            found = self.columns[name].dictionary_encode()
            self._coded[name] = found.indices.to_numpy(), [text.strip() for text in found.dictionary.to_pylist()]
        return self._coded[name]

    def together(self, names: Iterable[str]) -> tuple[Any, list[dict[str, str]]]:
        """Number the distinct sets of cells of some columns, and give the cells of each."""
        there = [name for name in sorted(names) if name in self.columns]
        codes = [self.coded(name) for name in there]
        of, first = numbered(self._do.np, [(code, len(texts)) for code, texts in codes], len(self))
        listed = [[texts[place] for place in code[first].tolist()] for code, texts in codes]
        return of, [dict(zip(there, cells, strict=True)) for cells in zip(*listed, strict=True)] or [{}] * len(first)


def numbered(np: Any, codes: Sequence[tuple[Any, int]], size: int) -> tuple[Any, Any]:  # noqa: ANN401 - numpy
    """Number the distinct sets of numbers of some columns; with the first row of each set.

    Args:
        np: numpy.
        codes: Columns of numbers from 0, each with how many there may be.
        size: How many rows there are.
    """
    key, room = np.zeros(size, "int64"), 1
    for code, number in codes:
        if room * number >= 1 << 62:
            found = np.unique(key, return_inverse=True)
            key, room = found[1].astype("int64"), len(found[0])
        key = key * number + code
        room *= number
    if room > max(ROOM, 2 * size):
        first, of = np.unique(key, return_index=True, return_inverse=True)[1:]
        return of, first
    first = np.full(max(room, 1), -1, "int64")
    first[key[::-1]] = np.arange(size - 1, -1, -1)
    there = first >= 0
    return (np.cumsum(there) - 1)[key], first[there]


class Answers:
    """What each distinct set of cells comes to, remembered from block to block."""

    def __init__(self, names: Iterable[str], answer: Callable[[Cells], Any]) -> None:
        self._names = tuple(sorted(names))
        self._answer = answer
        self._known = Remembered()

    def of(self, block: Block) -> tuple[Any, list[Any]]:
        """Give the number of each row's answer, and the answers; ``None`` where there is none but an error."""
        of, sets = block.together(self._names)
        return of, [self._known.found(tuple(cells.values()), partial(self._try, cells)) for cells in sets]

    def _try(self, cells: Cells) -> Any:  # noqa: ANN401 - whatever is asked for
        try:
            return self._answer(cells)
        except (BadCellError, CasualtiesError):
            return None


class Read:
    """One slot, read column by column.

    Attributes:
        name: The field that it fills.
        words: What it was found to say.
        meant: For a date, what is kept of each of the words.
    """

    def __init__(
        self, name: str, reader: SlotReader, form: str, read: Callable[[SlotReader, Cells], tuple[str | None, Any]]
    ) -> None:
        self.name = name
        self.words = Words()
        self.meant: list[Any] = []
        self._reader = reader
        self._form = form
        self._read = read
        self._answers = Answers(reader.named, self._one)

    def _one(self, cells: Cells) -> int:
        text, meant = self._read(self._reader, cells)
        number = self.words.number(text)
        if number == len(self.meant):
            self.meant.append(meant)
        return number

    def of(self, block: Block) -> tuple[Any, Any]:
        """Give for each row the number of what the slot says, or `BAD`; or the texts, and which rows are bad."""
        if self not in block.read:
            block.read[self] = self._of(block)
        return block.read[self]

    def _of(self, block: Block) -> tuple[Any, Any]:
        do = block._do  # noqa: SLF001 - its own
        parts = self._reader.template if self._form in _FORMS else ()
        if parts and any(name in block.columns and len(block.coded(name)[1]) > FEW for name in parts[1::2]):
            return self._joined(block, parts)
        of, answers = self._answers.of(block)
        numbers = do.np.asarray([BAD if each is None else each for each in answers], "int32")
        return numbers[of], None

    def _joined(self, block: Block, parts: Sequence[str]) -> tuple[Any, Any]:
        """Put cells between texts, column by column; what is of no plain form is read one by one."""
        pa, pc, np = block._do.pa, block._do.pc, block._do.np  # noqa: SLF001 - its own
        nothing = pa.array([""] * len(block), pa.string())
        cells = [pc.ascii_trim_whitespace(block.columns.get(name, nothing)) for name in parts[1::2]]
        empty = pc.equal(cells[0], "")
        for each in cells[1:]:
            empty = pc.or_(empty, pc.equal(each, ""))
        joined = pc.binary_join_element_wise(
            *(pa.scalar(part) if place % 2 == 0 else cells[place // 2] for place, part in enumerate(parts)), ""
        )
        joined = pc.ascii_trim_whitespace(joined)
        pattern, longest = _FORMS[self._form]
        plain = pc.and_(pc.match_substring_regex(joined, pattern), pc.less_equal(pc.binary_length(joined), longest))
        found = pc.if_else(empty, pa.scalar(None, pa.string()), joined)
        odd = pc.and_not(pc.invert(plain), empty).to_numpy(zero_copy_only=False)
        bad = np.zeros(len(block), bool)
        if odd.any():
            places = np.flatnonzero(odd)
            texts = {name: block.columns[name] for name in self._reader.named if name in block.columns}
            some = Block(block.numbers[places], {name: cells.take(pa.array(places)) for name, cells in texts.items()})
            of, answers = self._answers.of(some)
            bad[places] = np.asarray([each is None for each in answers], bool)[of]
            said = [None if each is None or each < 0 else self.words.texts[each] for each in answers]
            found = pc.replace_with_mask(found, pa.array(odd), pa.array(said, pa.string()).take(pa.array(of)))
        return found, bad


class Reads:
    """Slots of a mapping, of which those that are the same are read once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, Slot], Read] = {}

    def __call__(
        self, name: str, reader: SlotReader, form: str, read: Callable[[SlotReader, Cells], tuple[str | None, Any]]
    ) -> Read:
        """Give the reading of a slot as a field."""
        return self._made.setdefault((name, reader.slot), Read(name, reader, form, read))
