"""Pairs, what is borne out, estimates and confidence, rule by rule.  Every expected value is worked by hand."""

from __future__ import annotations

import pytest

from .examples import DAY, about, answer, at_least, at_most, exactly, kinds, on, said
from .records import Citation, Claim, Grade, Range, When

CIVILIANS = {"event": "e", "side": "s", "status": "civilian"}
SOLDIERS = {"event": "e", "side": "s", "status": "combatant"}
BOMBED = {"event": "e", "status": "civilian"}


class TestPairs:
    """Section 7 C."""

    def test_near(self) -> None:
        """A gap of two per cent of the lower number or less is no dispute."""
        assert kinds(answer(said("moh", 100), said("ngo", 102))) == [("near", "moh", "ngo")]
        assert kinds(answer(said("moh", 100), said("ngo", 103))) == [("disputed", "moh", "ngo")]

    def test_floors_carry_forward_and_ceilings_backward(self) -> None:
        """A floor of an earlier day contradicts a lower ceiling of a later one, and not the reverse."""
        assert kinds(answer(said("moh", 50, 1, until=1), said("ngo", 40, 9, until=9))) == [("disputed", "ngo", "moh")]
        assert kinds(answer(said("moh", 40, 1, until=1), said("ngo", 50, 9, until=9))) == []

    def test_an_earlier_day_disputes_only_itself(self) -> None:
        """A dispute over the ceiling of an earlier last day is listed and makes the later finding no dispute."""
        found = answer(said("moh", 50, 1, until=1), said("ngo", 40, 2, until=2), said("un", 60, 9, until=9))
        assert (kinds(found), found.status) == ([("disputed", "ngo", "moh")], "corroborated")

    def test_dates_that_are_spans(self) -> None:
        """Floors carry from the latest day of a span, ceilings from its earliest; the same span is the same date."""
        span = When(DAY, DAY + 9)
        assert kinds(answer(said("moh", 50, 11, until=span), said("ngo", 40, 11, until=5))) == []
        assert kinds(answer(said("moh", 50, 11, until=span), said("ngo", 40, 11, until=span))) == [
            ("disputed", "ngo", "moh")
        ]

    def test_stocks_are_compared_on_one_day(self) -> None:
        """A stock carries neither way."""
        found = answer(said("moh", 50, 1, until=1, harm=("missing",)), said("ngo", 40, 2, until=2, harm=("missing",)))
        assert (kinds(found), found.common) == ([], exactly(40))

    @pytest.mark.parametrize(
        ("lower", "kind"),
        [
            (said("police", 5, 0), "overtaken"),
            (said("police", 5, 1), "overtaken"),
            (said("police", 5, 2), "disputed"),
            (said("police", 5, 2, modality="preliminary"), "overtaken"),
            (said("police", 5, 0, modality="confirmed"), "disputed"),
            (said("gov", 5, 0), "disputed"),
            (said("gov", 5, 0, modality="preliminary"), "overtaken"),
            (said("police", at_most(5), 0), "disputed"),
            (said("police", 0, 0), "disputed"),
            (said("police", 0, 0, modality="preliminary"), "overtaken"),
            (said("police", about(4, 6), 0), "overtaken"),
            (said("police", about(4, 6), 2), "by an assumed end"),
            (said("police", 5, None), "disputed"),
            (said("police", 5, 0, citations=(Citation("P", on(0)),)), "overtaken"),
            (said("police", 5, None, citations=(Citation("P", on(1)),)), "overtaken"),
        ],
    )
    def test_an_early_figure_is_overtaken(self, lower: Claim, kind: str) -> None:
        """It was said at once by a third party and is no confirmed figure, or it is preliminary."""
        assert kinds(answer(lower, said("ngo", 42, 9))) == [(kind, lower.source, "ngo")]

    def test_not_by_an_enemy(self) -> None:
        """Of opposed sides neither overtakes the other; a stock is not overtaken at all."""
        assert kinds(answer(said("gov", 5, 0, modality="preliminary"), said("rebels", 42, 9)))[0][0] == "disputed"
        stock = [said("police", 5, 0, harm=("missing",)), said("ngo", 42, 9, harm=("missing",))]
        assert kinds(answer(*stock))[0][0] == "disputed"

    def test_not_where_the_other_had_said_more(self) -> None:
        """The higher figure counts from its first saying, the lower from its last."""
        low, high = said("police", 5, 1), said("ngo", 42, 9)
        assert kinds(answer(low, said("ngo", 14, 0), high))[0][0] == "disputed"
        assert kinds(answer(low, said("police", 5, 10, until=0), high))[0][0] == "disputed"

    def test_while_the_dead_are_counted(self) -> None:
        """Until the day declared for an event a figure is early, and only what was surely said before it blocks."""
        quake = {"facets": {"event": "quake"}}
        low, high = said("police", 5, 15, **quake), said("ngo", 42, 30, **quake)
        assert kinds(answer(low, high))[0][0] == "overtaken"
        assert kinds(answer(low, said("ngo", 14, 15, **quake), high))[0][0] == "overtaken"
        assert kinds(answer(low, said("ngo", 14, 14, **quake), high))[0][0] == "disputed"
        assert kinds(answer(low, said("ngo", 42, 15, **quake), high))[0][0] == "disputed"
        assert kinds(answer(said("police", 5, 21, **quake), high))[0][0] == "disputed"

    def test_organs_outgrow_one_another(self) -> None:
        """Between organs a confirmed figure may be early, and one with a side."""
        found = answer(said("health", 5, 0, modality="confirmed"), said("interior", 42, 9))
        assert found.divided == ()
        # The higher figure was said as early as the lower: neither outgrew the other.
        assert answer(said("health", 5, 0), said("interior", 50, 0), said("interior", 42, 9)).divided != ()

    def test_an_overtaken_voice_keeps_its_floor(self) -> None:
        """5, said on the day, still says 5 or more; each pair is judged alone."""
        found = answer(said("police", 5, 1), said("ngo", 12, 9))
        assert (found.borne_out[1], found.common) == (at_least(5), exactly(12))
        found = answer(said("police", 5, 1), said("ngo", 12, 9), said("un", 9, 1))
        assert kinds(found) == [
            ("disputed", "police", "un"),
            ("overtaken", "police", "ngo"),
            ("overtaken", "un", "ngo"),
        ]
        assert found.common is None


class TestBorneOut:
    """Section 7 D."""

    def test_it_never_splits_the_difference(self) -> None:
        """Each end is one that a voice states."""
        found = answer(
            said("moh", 3825), said("lab", 6000), said("anon", about(6000, 8000)), said("ngo", at_least(7001))
        )
        assert found.borne_out[0] == Range(3825, 8000, high_assumed=True)
        assert found.borne_out[1] == Range(3825, 8000, high_assumed=True)
        assert found.borne_out[2] == at_least(3825)

    def test_no_end_is_left(self) -> None:
        """Every floor above the lowest ceiling, and no ceiling above the highest floor."""
        assert answer(said("police", at_most(38)), said("hrw", at_least(817))).undisputed is None

    @pytest.mark.parametrize(
        ("given", "out"),
        [
            ([40, 40, 40, 60], ["lab"]),
            ([40, 40, 60], []),
            ([40, 40, 60, 60], []),
            ([40, 40, 40, 60, 70], []),
        ],
    )
    def test_outliers(self, given: list[int], out: list[str]) -> None:
        """The fewest are left out, each faced by three of the rest for every one left out."""
        sources = ("moh", "ngo", "hrw", "un", "afp")[: len(given) - 1]
        found = answer(*(said(source, figure) for source, figure in zip((*sources, "lab"), given, strict=True)))
        assert list(found.outliers) == out

    def test_support(self) -> None:
        """A tie is several runs; who names a run has its figure inside."""
        found = answer(
            said("moh", Range(10, 20)), said("ngo", Range(15, 30)), said("hrw", 40), said("un", at_least(25))
        )
        assert [(str(run.range), run.allowed_by, run.named_by) for run in found.support] == [
            ("15–20", ("moh", "ngo"), ()),
            ("25–30", ("ngo", "un"), ()),
            ("40", ("hrw", "un"), ("hrw",)),
        ]

    @pytest.mark.parametrize(
        ("claims", "status"),
        [
            ([said("moh", None, stance="silent")], "unreported"),
            ([said("moh", 5, method="survey")], "estimate only"),
            ([said("moh", 5), said("ngo", 9)], "disputed"),
            ([said("moh", 5)], "single source"),
            ([said("moh", 5), said("ngo", 5)], "corroborated"),
            ([said("moh", 100), said("ngo", 101)], "corroborated"),
            ([said("moh", at_least(5)), said("ngo", at_most(9))], "compatible"),
            ([said("moh", 5), said("anon", 5)], "compatible"),
            ([said("moh", about(80, 120)), said("ngo", about(160, 240))], "compatible"),
        ],
    )
    def test_status(self, claims: list[Claim], status: str) -> None:
        """The first that holds."""
        assert answer(*claims).status == status


class TestEstimates:
    """Section 7 E."""

    def test_beside_the_counts(self) -> None:
        """They enter nothing, and dispute one another and the counts outside their interval."""
        found = answer(
            said("moh", 64),
            said("ngo", Range(793, 8498), interval=True),
            said("un", Range(10, 50), method="model"),
            said("hrw", at_least(20)),
        )
        assert (found.common, found.status) == (exactly(64), "corroborated")
        assert [(each.voice, each.estimate, each.above) for each in found.outside] == [
            ("moh", "b", False), ("moh", "c", True)
        ]  # fmt: skip
        assert [(each.lower, each.higher) for each in found.estimate_disputes] == [("c", "b")]

    def test_their_own_order(self) -> None:
        """The latest of a source stands; what is later than the day, or undated beside dated ones, does not."""
        survey = {"method": "survey"}
        found = answer(
            said("ngo", 5, 1, **survey), said("ngo", 9, 2, **survey), said("ngo", 7, None, until=None, **survey),
            said("ngo", 11, 5, until=5, **survey), as_of=on(2),
        )  # fmt: skip
        assert found.fates == {"a": "replaced", "b": "stands", "c": "undated", "d": "later than the day"}


class TestConfidence:
    """Section 7 F; the figure is "5 or more" throughout."""

    @pytest.mark.parametrize(
        ("claims", "level"),
        [
            ([said("moh", at_most(4))], "none"),
            ([said("moh", 5)], "low"),
            ([said("moh", 5), said("ngo", 6)], "moderate"),
            ([said("hrw", 5, basis="documented")], "moderate"),
            ([said("hrw", 5, basis="buried")], "low"),
            ([said("gov", 5, basis="documented")], "low"),
            ([said("hrw", 5, basis="documented"), said("gov", at_least(5))], "high"),
            ([said("hrw", 9, basis="documented"), said("gov", 5)], "moderate"),
            ([said("moh", 5), said("ngo", 5), said("un", 5)], "high"),
            ([said("moh", 5), said("ngo", 5), said("hrw", 5)], "moderate"),
            ([said("moh", 5), said("paper", 5), said("afp", 5)], "moderate"),
            ([said("moh", 5), said("ngo", 50), said("un", 500)], "moderate"),
            ([said("anon", 5)], "low"),
            ([said("anon", 5), said("moh", 5)], "low"),
            ([said("moh", 5, modality="alleged"), said("ngo", 5, modality="derived")], "low"),
            ([said("moh", 5, modality="alleged"), said("ngo", 5)], "moderate"),
            ([said("moh", about(5, 9)), said("ngo", about(5, 8))], "low"),
            ([said("moh", 5), said("ngo", 5), said("un", at_most(4))], "low"),
            ([said("moh", 5), said("ngo", 5), said("un", at_most(4), grades=(Grade("E"),))], "moderate"),
            ([said("moh", 5), said("ngo", 5, grades=(Grade(None, "4"),))], "low"),
            ([said("gov", 5, facets=SOLDIERS), said("ngo", 5, facets=SOLDIERS)], "high"),
            ([said("gov", 5, facets=SOLDIERS), said("ngo", 9, facets=SOLDIERS)], "moderate"),
            ([said("gov", 5, facets=CIVILIANS), said("ngo", 5, facets=CIVILIANS)], "moderate"),
            ([said("rebels", 5, facets=CIVILIANS), said("ngo", 5, facets=CIVILIANS)], "high"),
            ([said("rebels", 5, facets=BOMBED), said("ngo", 5, facets=BOMBED)], "moderate"),
            ([said("rebels", 5, facets=BOMBED), said("ngo", 5, facets=BOMBED, perpetrator="x")], "high"),
        ],
    )
    def test_at_least_five(self, claims: list[Claim], level: str) -> None:
        """Start, steps up and steps down."""
        assert answer(*claims).confidence_in(at_least(5)).level == level

    def test_the_lower_of_two_ends(self) -> None:
        """Of 5–9 the floor is borne out by two, the ceiling by one; "0 or more" says nothing."""
        found = answer(said("moh", Range(5, 9)), said("ngo", at_least(5)))
        sure = found.confidence_in(Range(5, 9))
        assert sure.floor is not None
        assert sure.ceiling is not None
        assert (sure.floor.level, sure.ceiling.level, sure.level, sure.why) == ("moderate", "low", "low", "ceiling:1")
        assert (found.confidence_in(at_least(0)).level, found.confidence_in(at_least(0)).why) == (None, "")

    def test_stale(self) -> None:
        """More than 30 days after the last one counted, where no event closes the count."""
        claims = [said("moh", 5, facets={"place": "town"}), said("ngo", 5, facets={"place": "town"})]
        assert answer(*claims, as_of=on(30)).confidence_in(at_least(5)).level == "moderate"
        assert answer(*claims, as_of=on(31)).confidence_in(at_least(5)).level == "low"
        assert answer(said("moh", 5), said("ngo", 5), as_of=on(31)).confidence_in(at_least(5)).level == "moderate"
