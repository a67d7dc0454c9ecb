"""The numbers by which the kernel names things: none stands for two things, and what nobody says has its meaning."""

from __future__ import annotations

import pytest

from casualties.reconciling.arrays import Column, Groups, Lists, Table
from casualties.reconciling.kernel import answer, claims
from casualties.reconciling.kernel.statements import Words

MARKS = (
    *(claims.COUNT, claims.ESTIMATE, claims.DENIES, claims.MISRELAYED, claims.WITHDRAWN, claims.PROJECTED),
    *(claims.LATER, claims.NAMED, claims.COPY, claims.AT_SOURCE, claims.PRELIMINARY, claims.CONFIRMED),
    *(claims.TENTATIVE, claims.GRADED_LOW, claims.SILENT, claims.DENIAL),
)
STAKES = (claims.OWN_SIDE, claims.OPPONENT, claims.THIRD_PARTY, claims.NOT_KNOWN, claims.BLAMED)
FLAGS = (answer.DIFFERS, answer.REVISED_DOWN, answer.CONTRADICTS, answer.OVERTAKES_ITSELF, answer.DIVIDED)
STEPS = (
    *(answer.NO_BEARER, answer.ONE_BEARER, answer.ONE_COUNTED, answer.SEVERAL_BEARERS, answer.THREE_KINDS),
    *(
        answer.AGAINST_INTEREST,
        answer.COUNTED,
        answer.ALL_TENTATIVE,
        answer.ALL_ASSUMED,
        answer.CONTESTED,
        answer.STALE,
    ),
)
PARTS = (
    *(answer.MAKES, answer.HEARD, answer.OUT, answer.COMMON_LOW, answer.COMMON_HIGH),
    *(answer.SPAN_LOW, answer.SPAN_HIGH, answer.UNDISPUTED_LOW, answer.UNDISPUTED_HIGH),
    *(answer.SUPPORTS, answer.DISPUTES),
)
FATES = (
    *(answer.STANDS, answer.REPLACED, answer.WITHDRAWN, answer.COPY, answer.VERSION),
    *(answer.MISRELAYED, answer.UNDATED, answer.PROJECTED, answer.LATER),
)


@pytest.mark.parametrize(
    "bits", [MARKS, STAKES, FLAGS, STEPS, PARTS], ids=["marks", "stakes", "flags", "steps", "parts"]
)
def test_bits_are_one_after_the_other(bits: tuple[int, ...]) -> None:
    """A bit that stood for two things would make one of them of the other."""
    assert (
        list(bits) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536][: len(bits)]
    )


@pytest.mark.parametrize(
    "codes",
    [
        (claims.OTHERS, claims.COMBATANTS, claims.CIVILIANS),
        (answer.DISPUTE, answer.APART),
        (answer.NONE, answer.LOW, answer.MODERATE, answer.HIGH),
        (
            *(answer.UNREPORTED, answer.ESTIMATE_ONLY, answer.DISPUTED),
            *(answer.SINGLE_SOURCE, answer.CORROBORATED, answer.COMPATIBLE),
        ),
        FATES,
    ],
    ids=["victims", "relations", "levels", "statuses", "fates"],
)
def test_codes_count_from_nought(codes: tuple[int, ...]) -> None:
    """Levels and statuses are compared by their numbers, and stand in files."""
    assert list(codes) == [0, 1, 2, 3, 4, 5, 6, 7, 8][: len(codes)]


def test_what_is_said_beside_the_claims_by_default() -> None:
    """Figures nearly agree within a fiftieth, and are early for a day (design 7 C)."""
    context = claims.Context()
    assert (context.near, context.settling, context.asked) == (20_000, 1, 0)


def test_no_end_is_above_every_count() -> None:
    """A count is at most a million millions; packed it is twice that, and one more where its end is assumed."""
    assert claims.packed_high(10**12, assumed=True) == 2 * 10**12 + 1
    assert (claims.UNBOUNDED, claims.OPEN) == (2 * 10**12, 4 * 10**12)
    assert claims.packed_high(None) >> 1 == claims.UNBOUNDED


def said(*, moment: int, begin: int, end: int) -> Table:
    """Make one statement."""
    return Table(moment=Column([moment]), begin=Column([begin]), end=Column([end]))


class TestWords:
    """Which of a set of words came surely before or after a statement."""

    LISTS = Lists()

    def words(self, *moments_and_days: tuple[int, int]) -> Words:
        """Take the last of some moments and days; a moment of 0 is no moment."""
        table = Table(moment=Column([moment for moment, _ in moments_and_days]))
        days = Column([day for _, day in moments_and_days])
        groups = Groups(Column([0] * len(days)), 1)
        return Words.last(self.LISTS, groups, table, days)

    def test_one_moment_is_not_after_itself(self) -> None:
        """Of two statements of one moment neither was made after the other, nor before it."""
        one = self.words((500, 3))
        assert list(one.any_after(said(moment=499, begin=3, end=3))) == [True]
        assert list(one.any_after(said(moment=500, begin=3, end=3))) == [False]
        assert list(one.all_before(said(moment=500, begin=3, end=3))) == [False]
        assert list(one.all_before(said(moment=501, begin=3, end=3))) == [True]

    def test_one_day_is_not_after_itself(self) -> None:
        """Without an hour the days decide, and one day is neither before nor after itself."""
        one = self.words((0, 3))
        assert [list(one.any_after(said(moment=0, begin=day, end=day))) for day in (2, 3)] == [[True], [False]]
        assert [list(one.all_before(said(moment=0, begin=day, end=day))) for day in (3, 4)] == [[False], [True]]

    def test_empty_set_is_before_all_and_after_nothing(self) -> None:
        """All of nothing lies before everything, and nothing of it after anything."""
        nobody = Groups(Column([]), 1)
        nothing = Table(moment=Column([]))
        last = Words.last(self.LISTS, nobody, nothing, Column([]))
        for moment in (0, 7):
            assert list(last.all_before(said(moment=moment, begin=0, end=0))) == [True]
            assert list(last.any_after(said(moment=moment, begin=0, end=0))) == [False]
