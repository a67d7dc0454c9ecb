"""The kernel against the plain program of one topic at a time: the same tables, by lists and by numpy."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from random import Random
from typing import Any

import numpy as np
import pytest
from tests import plain
from tests.oracle.from_ledger import ledger_of
from tests.oracle.random_claims import random_records

import casualties as cs
from casualties.model.period import PartialDate
from casualties.reconciling.arrays import Column, Groups, Lists
from casualties.reconciling.arrays._numpy import Numpy, NumpyGroups
from casualties.reconciling.encoding import Encoded, encode
from casualties.reconciling.kernel import reconcile
from casualties.reconciling.kernel.answer import THREE_KINDS, Answer
from casualties.reconciling.kernel.claims import Claims
from casualties.reconciling.kernel.program import Program
from casualties.reconciling.one_topic import context_of, part_of
from casualties.reconciling.view import View

CASES = int(os.environ.get("CASUALTIES_KERNEL_CASES", "230"))
BLOCKS = 10
RARE = (261, 267, 278, 302, 323, 413, 450, 498, 714)
"""Numbers of random ledgers on which rules decide that hardly ever do: the kinds of three bearers, a lone estimate."""
MAKES = (Lists(), Numpy())
DAY = PartialDate.parse("2023-10-04")


def _rows(table: Any) -> list[tuple[int, ...]]:
    kind = getattr(table, "kind", type(table))
    columns = [[int(value) for value in getattr(table, each.name)] for each in fields(kind)]
    return list(zip(*columns, strict=True))


def tables(answer: Answer) -> dict[str, list[Any]]:
    """Give an answer as rows that do not depend on the order of positions, independent sources and pairs."""
    positions = _rows(answer.positions)
    claims: dict[int, list[int]] = {}
    for row, held in enumerate(answer.fates.position):
        claims.setdefault(int(held), []).append(row)
    named = {place: tuple(claims.get(place, ())) for place in range(len(positions))} | {-1: ()}
    members: dict[int, list[tuple[int, ...]]] = {-1: []}
    for place, position in enumerate(positions):
        members.setdefault(position[2], []).append(named[place])
    voices = {place: tuple(sorted(found)) for place, found in members.items()}
    return {
        "fates": [(fate, named[position], part) for fate, position, part in _rows(answer.fates)],
        "positions": sorted((named[place], *row[:2], voices[row[2]], *row[3:]) for place, row in enumerate(positions)),
        "independents": sorted((voices[place], *row) for place, row in enumerate(_rows(answer.independents))),
        "pairs": sorted(
            (row[0], voices[row[1]], voices[row[2]], named[row[3]], named[row[4]], *row[5:])
            for row in _rows(answer.pairs)
        ),
        "runs": sorted(_rows(answer.runs)),
        "outside": sorted((row[0], row[1], voices[row[2]], *row[3:]) for row in _rows(answer.outside)),
        "findings": _rows(answer.findings),
    }


def views(seeds: Iterable[int]) -> Iterator[View]:
    """Draw random ledgers, every third as of a day."""
    for seed in seeds:
        ledger = ledger_of(random_records(seed))
        yield View(ledger, as_of=DAY) if seed % 3 == 1 else View(ledger)


def encoded_seeds() -> Iterator[Encoded]:
    """Encode every ledger that ships."""
    for name in cs.seeds.names():
        yield encode(View(cs.seeds.load(name)))


@pytest.mark.parametrize("block", range(BLOCKS))
def test_both_makes_equal_the_plain_program_on_random_ledgers(block: int) -> None:
    """Every table is the same, by lists and by numpy."""
    met: set[int] = set()
    for view in views((*range(block, CASES, BLOCKS), *RARE[block::BLOCKS])):
        given = encode(view)
        expected = tables(plain.reconcile(given.claims, given.context))
        met |= {fate for fate, _, _ in expected["fates"]}
        for do in MAKES:
            assert tables(Program(given.claims, given.context, do).answer) == expected
    assert len(met) > 5  # most fates are met


def _of_two_findings(*kinds: str) -> cs.Ledger:
    """Let sources of some kinds state ten each of civilians, and of combatants."""
    sources = [cs.Source(key=f"s{place}", kinds=each.split()) for place, each in enumerate(kinds)]
    return cs.Ledger(
        [
            cs.Claim(
                source=source.key,
                subject=cs.Subject(harm=["killed"], status=status, until="2023-10-04"),
                figure=cs.Figure.exactly(10),
            )
            for status in ("civilian", "combatant")
            for source in sources
        ],
        sources=sources,
    )


@pytest.mark.parametrize(
    ("kinds", "three"),
    [
        (("ngo", "ngo", "media government"), False),  # whoever is taken beside the third is of one kind
        (("ngo", "ngo media", "media government"), True),
        (("ngo", "ngo", "ngo", "media government intergovernmental"), False),
        (("ngo", "ngo", "media", "government"), True),
    ],
)
def test_kinds_are_counted_in_each_finding_by_itself(kinds: tuple[str, ...], three: bool) -> None:
    """Three kinds are chosen one from each of three bearers, in the second finding as in the first."""
    given = encode(View(_of_two_findings(*kinds)))
    expected = tables(plain.reconcile(given.claims, given.context))
    for do in MAKES:
        answer = Program(given.claims, given.context, do).answer
        assert tables(answer) == expected
        assert [bool(int(bits) & THREE_KINDS) for bits in answer.findings.reasons] == [three, three]


@pytest.mark.parametrize("do", MAKES, ids=("lists", "numpy"))
def test_the_ledgers_that_ship(do: Lists) -> None:
    """Every table is the same on every one of them."""
    for given in encoded_seeds():
        expected = tables(plain.reconcile(given.claims, given.context))
        assert tables(Program(given.claims, given.context, do).answer) == expected


def test_one_topic_of_an_answer_is_the_answer_on_it_alone() -> None:
    """Slices have places of their own."""
    for given in encoded_seeds():
        answer = reconcile(given.claims, given.context)
        for place in range(len(given.topics)):
            rows = given.rows_of(place)
            columns = {each.name: getattr(given.claims, each.name)[rows.start : rows.stop] for each in fields(Claims)}
            context = context_of(given.context, place, place + 1)
            several = {row - rows.start: roots for row, roots in given.context.several.items() if row in rows}
            alone = Claims(**{**columns, "topic": [0] * len(rows)}), replace(context, several=several)
            expected = tables(plain.reconcile(*alone))
            assert tables(part_of(answer, place, rows)) == expected


def test_the_order_of_claims_of_one_place_changes_nothing() -> None:
    """Rows that are equal in topic, root, source and series may come in any order."""
    random = Random(7)
    for view in views(range(0, 90, 9)):
        given = encode(view)
        size = len(given.claims)
        keys = [tuple(getattr(given.claims, name)[row] for name in ("topic", "root", "source", "series"))
                for row in range(size)]  # fmt: skip
        order = sorted(range(size), key=lambda row: (keys[row], random.random()))
        shuffled = type(given.claims)(
            *([getattr(given.claims, each.name)[row] for row in order] for each in fields(given.claims))
        )
        given.context.several = {order.index(row): roots for row, roots in given.context.several.items()}
        answer = reconcile(shuffled, given.context)
        moved = [int(answer.fates.fate[order.index(row)]) for row in range(size)]
        assert moved == [fate for fate, _, _ in tables(_plain(view))["fates"]]


def _plain(view: View) -> Answer:
    given = encode(view)
    return plain.reconcile(given.claims, given.context)


class TestOperations:
    """Lists and numpy mean the same by every operation."""

    VALUES: tuple[list[int], ...] = ([], [4], [3, 1, 3, 0, 7, 7, 2])

    @pytest.mark.parametrize("values", VALUES)
    def test_orders_heads_and_places(self, values: list[int]) -> None:
        """Sorting is stable, and what is found lies before or after its equals."""
        lists, numpy = MAKES
        one, other = lists.column(values), numpy.column(values)
        second = lists.count(len(values)) & 1, numpy.count(len(values)) & 1
        assert list(lists.order(one, second[0])) == list(numpy.order(other, second[1]))
        one, other = one[lists.order(one)], other[numpy.order(other)]
        assert list(lists.heads(one)) == list(numpy.heads(other))
        wanted = [0, 3, 5, 9]
        for after in (False, True):
            found = lists.find(one, lists.column(wanted), after=after)
            assert list(found) == list(numpy.find(other, numpy.column(wanted), after=after))
        assert list(lists.cumulate(one)) == list(numpy.cumulate(other))
        assert list(lists.repeat(one, one)) == list(numpy.repeat(other, other))
        assert list(lists.flat(one > 2)) == list(numpy.flat(other > 2))
        assert lists.any(one > 2) == numpy.any(other > 2)
        assert list(lists.where(one > 2, 1, one)) == list(numpy.where(other > 2, 1, other))
        assert list(lists.maximum(one, 3)) == list(numpy.maximum(other, 3))
        assert list(lists.minimum(one, 3)) == list(numpy.minimum(other, 3))
        assert list(lists.concat(one, one)) == list(numpy.concat(other, other))

    def test_groups(self) -> None:
        """A group may be empty, at either end too."""
        of, values = [1, 1, 3], [5, 9, 4]
        lists, numpy = Groups(Column(of), 5), NumpyGroups(np, np.array(of), 5)
        one, other = Column(values), np.array(values)
        for name, empty in (("most", -1), ("least", 8)):
            expected = {"most": [-1, 9, -1, 4, -1], "least": [8, 5, 8, 4, 8]}[name]
            assert list(getattr(lists, name)(one, empty)) == expected
            assert list(getattr(numpy, name)(other, empty)) == expected
        assert list(lists.total(one)) == list(numpy.total(other)) == [0, 14, 0, 4, 0]
        assert list(lists.bits(one)) == list(numpy.bits(other)) == [0, 13, 0, 4, 0]
        assert list(lists.any(one > 5)) == list(numpy.any(other > 5)) == [False, True, False, False, False]
        assert list(lists.all(one > 4)) == list(numpy.all(other > 4)) == [True, True, True, False, True]

    def test_groups_of_many_rows(self) -> None:
        """Short groups, one long group and empty ones: many rows are summed up in another way than few."""
        random = Random(3)
        sizes = [*(random.randrange(4) for _ in range(4_000)), 500, 0, 1]
        of = [group for group, size in enumerate(sizes) for _ in range(size)]
        values = [random.randrange(1_000) for _ in of]
        assert len(of) > 5_000
        lists, numpy = Groups(Column(of), len(sizes)), NumpyGroups(np, np.array(of), len(sizes))
        for name, *empty in (("most", -1), ("least", 8), ("total",), ("bits",)):
            expected = list(getattr(lists, name)(Column(values), *empty))
            assert list(getattr(numpy, name)(np.array(values), *empty)) == expected


@pytest.mark.parametrize("do", [Lists(), Numpy()])
def test_what_was_worked_with_goes_with_the_answer(do: Lists) -> None:
    """Nothing names itself in a circle, or the columns of millions of claims would wait for the collector."""
    encoded = encode(View(cs.seeds.load("nagorno-karabakh-2020-war")))
    assert Program(encoded.claims, encoded.context, do).answer
    gc.collect()
    gc.disable()
    try:
        assert Program(encoded.claims, encoded.context, do).answer
        assert gc.collect() == 0
    finally:
        gc.enable()
