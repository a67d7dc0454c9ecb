"""How many people or incidents stand on which lists: what estimates of undercount are made from."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casualties.errors import EstimateError

__all__ = ["Overlaps"]

_MOST_LISTS: Final = 12


@dataclass(frozen=True, slots=True)
class Overlaps:
    """How many people or incidents are on each combination of lists.

    The records must have been matched before: two records of one person that nobody joined count as two people, and
    every estimate is then too high.

    Attributes:
        lists: The names of the lists, sorted.
        counts: How many are on each combination; the bits of the place say which lists, the first list being bit 0.
            The first number is always 0: nobody has counted those on no list.
        unit: What is counted.

    Raises:
        EstimateError: If there are fewer than two lists, or a count is negative.

    Examples:
        >>> from casualties.estimates import Overlaps
        >>> overlaps = Overlaps.of({("hospital",): 30, ("police",): 20, ("hospital", "police"): 10})
        >>> overlaps.lists, overlaps.counts, overlaps.seen
        (('hospital', 'police'), (0, 30, 20, 10), 60)
    """

    lists: tuple[str, ...]
    counts: tuple[int, ...]
    unit: str = "people"

    def __post_init__(self) -> None:
        if not 2 <= len(self.lists) <= _MOST_LISTS:
            raise EstimateError(
                f"{len(self.lists)} lists: an overlap needs 2 to {_MOST_LISTS}", "unmatched-lists", "give more lists"
            )
        if list(self.lists) != sorted(set(self.lists)) or len(self.counts) != 2 ** len(self.lists):
            raise EstimateError("overlaps: the lists are not sorted or a count is missing", "bad-overlaps", "use of()")
        if self.counts[0] or min(self.counts) < 0:
            raise EstimateError("overlaps: a count is negative, or somebody is on no list", "bad-overlaps")

    @classmethod
    def of(cls, counts: Mapping[tuple[str, ...], int], unit: str = "people") -> Overlaps:
        """Make overlaps from how many are on each combination of lists; what is left out is none.

        Examples:
            >>> Overlaps.of({("b", "a"): 1, ("a",): 2, ("b",): 3}).counts
            (0, 2, 3, 1)
        """
        lists = tuple(sorted({name for combination in counts for name in combination}))
        cells = [0] * 2 ** len(lists)
        for combination, count in counts.items():
            cells[sum(1 << lists.index(name) for name in set(combination))] += count
        return cls(lists, tuple(cells), unit)

    @classmethod
    def of_records(cls, records: Iterable[Iterable[str]], unit: str = "people") -> Overlaps:
        """Make overlaps from matched records: for each person or incident, the lists that have it.

        Examples:
            >>> Overlaps.of_records([["hospital"], ["hospital", "police"], ["police", "hospital"]]).counts
            (0, 1, 0, 2)
        """
        return cls.of(Counter(tuple(sorted(set(record))) for record in records), unit)

    @classmethod
    def read(cls, path: str | os.PathLike[str], unit: str = "people") -> Overlaps:
        """Read a table in CSV: a column of 0 and 1 for each list, and a column ``count``.

        Raises:
            EstimateError: If the table has another shape; every problem is named at once.
        """
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            lists = [name for name in reader.fieldnames or () if name != "count"]
            if "count" not in (reader.fieldnames or ()):
                raise EstimateError(
                    f"{os.fspath(path)}: no column count", "bad-overlaps", "a column of 0 and 1 a list, and count"
                )
            counts: Counter[tuple[str, ...]] = Counter()
            wrong = []
            for row in reader:
                marks = [(row[name] or "").strip() for name in lists]
                count = (row["count"] or "").strip()
                if set(marks) <= {"0", "1"} and "1" in marks and count.isascii() and count.isdigit():
                    counts[tuple(name for name, mark in zip(lists, marks, strict=True) if mark == "1")] += int(count)
                else:
                    wrong.append(f"line {reader.line_num}: {','.join(marks)} with count {count!r}")
        if wrong:
            raise EstimateError(
                f"{os.fspath(path)}: " + "; ".join(wrong), "bad-overlaps", "0 or 1 for each list, at least one 1"
            )
        return cls.of({**{(name,): 0 for name in lists}, **counts}, unit)

    @property
    def seen(self) -> int:
        """How many are on any list.

        Examples:
            >>> Overlaps.of({("a",): 2, ("b",): 3}).seen
            5
        """
        return sum(self.counts)

    def on(self, name: str) -> int:
        """Give how many are on a list.

        Examples:
            >>> Overlaps.of({("a",): 2, ("b",): 3, ("a", "b"): 1}).on("a")
            3
        """
        bit = 1 << self.lists.index(name)
        return sum(count for place, count in enumerate(self.counts) if place & bit)

    def shared(self, one: str, other: str) -> int:
        """Give how many are on both of two lists.

        Examples:
            >>> Overlaps.of({("a",): 2, ("b",): 3, ("a", "b"): 1}).shared("a", "b")
            1
        """
        bits = 1 << self.lists.index(one) | 1 << self.lists.index(other)
        return sum(count for place, count in enumerate(self.counts) if place & bits == bits)
