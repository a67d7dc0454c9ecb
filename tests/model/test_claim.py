"""One statement: what goes together, its identity, its days, and what merges."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from casualties.errors import ModelError
from casualties.model.claim import Assessment, Claim, Link
from casualties.model.figure import End, Figure
from casualties.model.report import Citation, Report
from casualties.model.subject import Subject

KILLED = Subject(harm=["killed"], side="armenian", since="2020-09-27")
ELEVEN = Figure.exactly(11)
OTHER = "c1-" + "0" * 20


def claim(**fields: Any) -> Claim:
    """Make a claim of the ministry."""
    return Claim(**{"source": "mod", "subject": KILLED, **fields})


def printed(*days: str | None) -> list[Citation]:
    """Cite one report for each day of publication."""
    return [Citation(report=Report(publisher=f"paper {number}", published=day)) for number, day in enumerate(days)]


class TestStance:
    @pytest.mark.parametrize(
        ("fields", "what"),
        [
            ({}, "states no figure"),
            ({"stance": "silent", "figure": ELEVEN}, "has no figure"),
            ({"stance": "denies", "figure": ELEVEN}, "has no figure"),
            ({"figure": ELEVEN, "silence": "unknown"}, "is not silent"),
            ({"figure": ELEVEN, "aspect": "figure"}, "only a denial has an aspect"),
            ({"figure": ELEVEN, "target": OTHER}, "names no other claim"),
            ({"stance": "silent", "target": OTHER}, "names no other claim"),
            ({"stance": "withdraws"}, "names the claim that it withdraws"),
            ({"stance": "silent", "replaces": [OTHER]}, "replaces nothing"),
            ({"stance": "silent", "all": ["country"]}, "there is no facet of this name"),
            ({"stance": "silent", "alleged": [("country", "x")]}, "there is no facet of this name"),
            ({"stance": "silent", "our_reading": ["country"]}, "there is no facet of this name"),
            ({"stance": "withdraws", "target": "jet"}, "target"),
        ],
    )
    def test_refused(self, fields: dict[str, Any], what: str) -> None:
        """The stance and the other fields must go together."""
        with pytest.raises(ModelError, match=what):
            claim(**fields)

    def test_accepted(self) -> None:
        """Each stance with all that it may have."""
        claim(figure=ELEVEN, replaces=[OTHER], modality="alleged", all=["side", "period"], our_reading=["harm"])
        claim(stance="denies", aspect="status", target=OTHER)
        claim(stance="withdraws", target=OTHER)
        claim(stance="silent", silence="withheld")


class TestAssessment:
    def test_must_grade(self) -> None:
        """Somebody who grades nothing has not graded."""
        with pytest.raises(ModelError, match="it grades nothing"):
            Assessment(grader="desk")

    def test_order(self) -> None:
        """By grader, scale, grades and date."""
        order = [
            Assessment(grader="a", reliability="A"),
            Assessment(grader="a", reliability="A", graded="2020"),
            Assessment(grader="a", scale="stars", grade="5"),
            Assessment(grader="b", credibility="1"),
        ]
        assert sorted([*order[2:], *order[:2]], key=lambda each: each.sort_key) == order


class TestIdentity:
    def test_digest_of_the_content(self) -> None:
        """The identity is the SHA-256 of the content as JSON: sorted keys, no spaces, what is absent left out."""
        full = claim(
            subject=KILLED.replacing(with_=["police"], without=["army"], until="2020-09-30"),
            figure=Figure(10, 20, best=15, assumed=frozenset({End.HIGH})),
            modality="reported",
            stated="2020-10-01T12:00+04:00",
            replaces=[OTHER],
            our_reading=["side"],
            all=["sex"],
            alleged=[("role", "pilot")],
        )
        content = (
            '{"all":["sex"],"alleged":[["role","pilot"]],"figure":{"assumed":["high"],"best":15,"high":20,"low":10},'
            '"modality":"reported","our_reading":["side"],"replaces":["' + OTHER + '"],"source":"mod",'
            '"stance":"states","stated":"2020-10-01T12:00:00+04:00","subject":{"harm":["killed"],"side":"armenian",'
            '"since":"2020-09-27","until":"2020-09-30","with":["police"],"without":["army"]}}'
        )
        assert full.id == "c1-" + hashlib.sha256(content.encode()).hexdigest()[:20]

    @pytest.mark.parametrize(
        "more",
        [
            {"citations": printed("2020-10-01")},
            {"assessments": [Assessment(grader="desk", reliability="A")]},
            {"based_on": [Link(claim=OTHER)]},
            {"misrelays": [Link(claim=OTHER)]},
        ],
    )
    def test_what_is_learnt_of_a_claim_is_no_part_of_it(self, more: dict[str, Any]) -> None:
        """Readings, gradings and links change no identity."""
        assert claim(figure=ELEVEN, **more).id == claim(figure=ELEVEN).id

    @pytest.mark.parametrize(
        "more",
        [
            {"figure": Figure.at_least(11)},
            {"figure": Figure(11, 11, best=11)},
            {"source": "army"},
            {"stated": "2020"},
            {"modality": "alleged"},
            {"our_reading": ["side"]},
            {"all": ["sex"]},
            {"alleged": [("role", "pilot")]},
            {"replaces": [OTHER]},
            {"subject": KILLED.replacing(until="2020-09-30")},
        ],
    )
    def test_what_is_said_is_part_of_it(self, more: dict[str, Any]) -> None:
        """Another figure, source, day or reading is another claim."""
        assert claim(**{"figure": ELEVEN, **more}).id != claim(figure=ELEVEN).id

    def test_denials_and_silences(self) -> None:
        """Aspect, target and kind of silence are part of it."""
        made = [
            claim(stance="denies"),
            claim(stance="denies", aspect="figure"),
            claim(stance="denies", target=OTHER),
            claim(stance="withdraws", target=OTHER),
            claim(stance="silent"),
            claim(stance="silent", silence="withheld"),
        ]
        assert len({each.id for each in made}) == len({hash(each) for each in made}) == 6


class TestDays:
    @pytest.mark.parametrize(
        ("days", "published"),
        [
            ((), None),
            ((None,), None),
            (("2020-10-03", None, "2020-10-01"), "2020-10-01"),
            (("2020-10", "2020-10-15"), "2020-10-15"),  # on the 15th it was out for sure; the month only ends later
        ],
    )
    def test_published(self, days: tuple[str | None, ...], published: str | None) -> None:
        """The publication by which it was surely out first."""
        found = claim(figure=ELEVEN, citations=printed(*days)).published
        assert (found and str(found)) == published

    @pytest.mark.parametrize(
        ("fields", "known", "day", "assumed"),
        [
            ({}, None, None, False),
            ({"stated": "2020-10-01T12:00+04:00"}, "2020-10-01T12:00:00+04:00", "2020-10-01", True),
            ({"citations": printed("2020-10-05")}, "2020-10-05", "2020-10-05", True),
            ({"stated": "2020-10-01", "citations": printed("2020-10-05")}, "2020-10-01", "2020-10-01", True),
            ({"stated": "2020-10-01", "subject": KILLED.replacing(until="2020-09")}, "2020-10-01", "2020-09", False),
        ],
    )
    def test_known_and_counted(self, fields: dict[str, Any], known: str | None, day: str | None, assumed: bool) -> None:
        """Known from the date stated, else printed; counted to its last day, else assumed to be that."""
        made = claim(figure=ELEVEN, **fields)
        assert (made.known and str(made.known), made.day and str(made.day), made.day_assumed) == (known, day, assumed)


class TestMerging:
    def test_sets_join(self) -> None:
        """The same statement read in two papers is one claim with two citations."""
        one = claim(figure=ELEVEN, citations=printed("2020"), based_on=[Link(claim=OTHER)])
        other = claim(figure=ELEVEN, citations=printed("2021"), assessments=[Assessment(grader="desk", grade="x")])
        merged = one.merged(other)
        assert merged == other.merged(one)
        assert (len(merged.citations), len(merged.based_on), len(merged.assessments)) == (2, 1, 1)
        assert one.merged(claim(figure=ELEVEN, citations=printed("2020"), based_on=[Link(claim=OTHER)])) is one

    def test_other_claims_are_refused(self) -> None:
        """Two claims are never made one."""
        with pytest.raises(ModelError, match="not the same claim"):
            claim(figure=ELEVEN).merged(claim(figure=Figure.exactly(12)))

    def test_order(self) -> None:
        """By subject, source, date stated and figure; an absent ceiling after any number."""
        order = [
            claim(stance="silent"),
            claim(figure=ELEVEN),
            claim(figure=Figure(11, 15)),
            claim(figure=Figure.at_least(11)),
            claim(figure=ELEVEN, stated="2020"),
            claim(source="pm", figure=ELEVEN),
            claim(source="a", subject=KILLED.replacing(status="civilian"), figure=ELEVEN),
        ]
        assert sorted([*order[2:], *order[:2]], key=lambda each: each.sort_key) == order

    def test_links_order(self) -> None:
        """By claim, then by date, undated first."""
        order = [Link(claim=OTHER), Link(claim=OTHER, noted="2020"), Link(claim="c1-" + "1" * 20)]
        assert sorted([*order[2:], *order[:2]], key=lambda each: each.sort_key) == order
