"""What all records share: closed, frozen, validated copies, clean texts and errors in our own words."""

from __future__ import annotations

import pytest

from casualties.errors import ModelError
from casualties.model.claim import Assessment, Claim
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.record import MAX_KEY, MAX_TEXT, clean_key, clean_text, problems_of
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source
from casualties.model.subject import Subject

KILLED = Subject(harm=["killed"], side="armenian", since="2020-09-27")


class TestRecord:
    def test_repr_can_be_evaluated(self) -> None:
        """What is shown of a record makes an equal one."""
        claim = Claim(
            source="mod",
            subject=KILLED.replacing(status="civilian"),
            figure=Figure(11, None),
            citations=[Citation(report=Report(publisher="A", published="2020-09-30"), relays=[Relay(name="AFP")])],
            alleged=[("side", "azerbaijani")],
        )
        names = {cls.__name__: cls for cls in (Claim, Subject, Figure, Citation, Report, Relay, PartialDate)}
        for part in (claim.subject, *claim.citations):
            assert eval(repr(part), names) == part  # noqa: S307 - our own text
        assert repr(claim).startswith(f"<Claim {claim.id[:11]}: mod states 11 or more: killed, ")
        assert repr(Source(key="mod")) == "Source(key='mod')"

    def test_copy_is_validated(self) -> None:
        """A copy with a wrong field is refused like a new record."""
        with pytest.raises(ModelError, match="Subject: status"):
            KILLED.replacing(status="soldier")

    def test_record_cannot_change(self) -> None:
        """A field cannot be set, and no field can be added."""
        with pytest.raises(Exception, match="frozen"):
            KILLED.side = "azerbaijani"  # type: ignore[misc]
        with pytest.raises(ModelError, match="nation"):
            Subject(harm=["killed"], nation="syrian")  # type: ignore[call-arg]


class TestProblems:
    def test_each_field_has_its_own(self) -> None:
        """Every wrong field is named with its path, and with what was given."""
        with pytest.raises(ModelError) as caught:
            Subject(harm=[], status="soldier")
        places = {problem.place: problem.message for problem in problems_of(caught.value)}
        assert set(places) == {"harm", "status"}
        assert places["status"].endswith("not 'soldier'")

    def test_our_own_reason_and_hint_are_kept(self) -> None:
        """An error of ours in a field keeps its words."""
        with pytest.raises(ModelError) as caught:
            Source(key="  ")
        (problem,) = problems_of(caught.value)
        assert (problem.place, problem.reason) == ("key", "empty-text")
        assert problem.hint
        assert (caught.value.reason, caught.value.hint) == ("empty-text", problem.hint)

    def test_record_in_a_record_is_taken_apart(self) -> None:
        """The path leads through the outer record to the inner field."""
        with pytest.raises(ModelError) as caught:
            Claim(source="mod", subject={"harm": ["killed"], "status": "soldier"}, stance="silent")
        assert [problem.place for problem in problems_of(caught.value)] == ["subject.status"]

    def test_rule_of_the_whole_record_has_no_place(self) -> None:
        """What is wrong between fields belongs to none of them."""
        with pytest.raises(ModelError) as caught:
            Assessment(grader="desk")
        assert [(problem.place, problem.reason) for problem in problems_of(caught.value)] == [("", "no-grade")]

    def test_error_without_fields_is_one_problem(self) -> None:
        """An error that no record raised is its own only problem."""
        (problem,) = problems_of(ModelError("date 'x': no", "not-a-date", "write 2020"))
        assert (problem.message, problem.hint, problem.reason) == ("date 'x': no", "write 2020", "not-a-date")


class TestText:
    @pytest.mark.parametrize(
        ("text", "clean"),
        [(" a\r\nb\rc ", "a\nb\nc"), ("e\u0301", "é"), ("a\tb", "a\tb")],
    )
    def test_normalised(self, text: str, clean: str) -> None:
        """Lines end in one way, accents are joined, outer spaces go."""
        assert clean_text(text) == clean

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "empty-text"),
            (" \n", "empty-text"),
            ("a" * (MAX_TEXT + 1), "too-long"),
            ("a\x00b", "control-character"),
            ("a\ud800b", "control-character"),
            ("a\x85b", "control-character"),
        ],
    )
    def test_refused(self, text: str, reason: str) -> None:
        """Empty, endless and unprintable texts are refused."""
        with pytest.raises(ModelError) as caught:
            clean_text(text)
        assert caught.value.reason == reason

    def test_longest_text_is_taken(self) -> None:
        """The limit itself is allowed."""
        assert len(clean_text("a" * MAX_TEXT)) == MAX_TEXT

    def test_key_is_one_short_line(self) -> None:
        """A name is put on one line, and kept short."""
        assert clean_key("a \n b") == "a b"
        with pytest.raises(ModelError) as caught:
            clean_key("a" * (MAX_KEY + 1))
        assert caught.value.reason == "too-long"
        assert caught.value.hint.startswith("use a shorter name here")

    def test_list_of_all_actors_of_an_event_is_a_name(self) -> None:
        """Thirty armed groups in one cell, as in event data, are more than 200 characters and still a name."""
        actors = ", ".join(f"Free Syrian Army brigade {number}" for number in range(30))
        assert len(actors) > 800
        assert clean_key(actors) == actors

    def test_sets_are_sorted_once(self) -> None:
        """A field that stands for a set holds each member once, in order."""
        assert Source(key="a", aliases=["c", "b", "c"]).aliases == ("b", "c")
        assert Source(key="a", aliases=["c"]).aliases == ("c",)
