"""Which events are compared as one, and what leaves them apart."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import ledger as of_claims
from tests.builders import says

import casualties as cs
from casualties.errors import ModelError, UnknownNameError
from casualties.model.vocabulary import Term, Vocabulary
from casualties.reconciling.same_events import SameEvents


def said(relation: str, *events: str, says: str = "reviewer", **more: Any) -> cs.Identification:
    """Make an identification."""
    return cs.Identification(relation=relation, events=events, says=says, **more)


def event(key: str, **more: Any) -> Term:
    """Declare an event."""
    return Term(kind="event", key=key, **more)


def answer(*told: cs.Identification, terms: tuple[Term, ...] = (), siblings: tuple[str, ...] = ()) -> SameEvents:
    """Ask what identifications say together."""
    return SameEvents(told, Vocabulary(terms, siblings=siblings))


def test_chains_of_two_lists_are_one_group() -> None:
    """What is the same as the same is the same."""
    assert answer(said("same", "b", "a"), said("same", "c", "b")).joined == (("a", "b", "c"),)


def test_somebody_else_who_says_different_leaves_two_events_apart() -> None:
    """Two people contradict one another: the two events stay apart, and both words are listed."""
    one, other = said("same", "a", "b"), said("different", "a", "b", says="desk")
    found = answer(one, other, said("same", "b", "c"))
    assert found.joined == (("b", "c"),)
    [left] = found.left_apart
    assert (left.events, {each.id for each in left.identifications}) == (("a", "b"), {one.id, other.id})


def test_a_chain_that_joins_two_different_events_joins_none() -> None:
    """No link of a chain is better than another, so that all its events stay apart."""
    found = answer(said("same", "a", "b"), said("same", "b", "c"), said("different", "a", "c"), said("same", "x", "y"))
    assert found.joined == (("x", "y"),)
    assert [left.events for left in found.left_apart] == [("a", "b", "c")]


def test_the_later_word_of_one_person_counts() -> None:
    """Who changes their mind contradicts nobody; without dates both words stand, and contradict."""
    before, after = said("same", "a", "b", stated="2026-11-01"), said("different", "a", "b", stated="2026-11-02")
    assert (answer(before, after).joined, answer(before, after).left_apart) == ((), ())
    assert answer(after, said("same", "a", "b", stated="2026-11-03")).joined == (("a", "b"),)
    assert [left.events for left in answer(said("same", "a", "b"), after).left_apart] == [("a", "b")]


@pytest.mark.parametrize(
    "terms",
    [(event("a", under=["b"]),), (event("b", under=["x"]), event("x", under=["a"])), (event("a", apart=["b"]),)],
    ids=["inside", "inside by way of another", "apart"],
)
def test_what_the_ledger_declares_of_two_events_leaves_them_apart(terms: tuple[Term, ...]) -> None:
    """A part is not its whole, and what shares nobody is not one."""
    found = answer(said("same", "a", "b"), terms=terms)
    assert found.joined == ()
    assert [left.events for left in found.left_apart] == [("a", "b")]


def test_siblings_of_a_ledger_can_be_the_same_event_all_the_same() -> None:
    """That events stand apart as siblings is a rule for the rest; what is said of two of them goes before it."""
    found = answer(said("same", "a", "b"), siblings=("event",))
    assert found.joined == (("a", "b"),)
    assert found.words.apart("event", "a", "c")


def test_a_part_lies_inside_its_whole() -> None:
    """Part of is a relation of events, which joins nothing."""
    found = answer(said("part-of", "a", whole="b"), said("same", "b", "c"))
    assert found.joined == (("b", "c"),)
    assert found.words.inside("event", "a", "b")
    assert [each.whole for each in found.about("a")] == ["b"]


def test_a_part_that_is_also_the_same_is_a_contradiction() -> None:
    """The same and a part of it cannot both be so."""
    found = answer(said("part-of", "a", whole="b"), said("same", "a", "b", says="desk"))
    assert found.joined == ()
    assert [left.events for left in found.left_apart] == [("a", "b")]


def test_parts_in_a_circle_are_left_out() -> None:
    """Two events that are part of one another are listed, and neither is put inside the other."""
    found = answer(said("part-of", "a", whole="b"), said("part-of", "b", whole="c"), said("part-of", "c", whole="a"))
    assert [left.events for left in found.left_apart] == [("a", "b", "c")]
    assert not found.words.inside("event", "a", "b")


def test_groups_that_would_lie_inside_one_another_are_left_apart() -> None:
    """Where joining puts one group inside another and that inside the first, both are left apart."""
    terms = (event("a", under=["c"]), event("d", under=["b"]))
    found = answer(said("same", "a", "b"), said("same", "c", "d"), said("same", "x", "y"), terms=terms)
    assert found.joined == (("x", "y"),)
    assert [left.events for left in found.left_apart] == [("a", "b", "c", "d")]


def test_what_is_declared_of_one_holds_for_all_that_are_one_with_it() -> None:
    """Names, what it lies inside, and until when its dead were counted are those of all together."""
    terms = (
        event("a", names=["Market"], under=["war"], counted_until="2020-09-01"),
        event("b", names=["Bazaar"], counted_until="2020-10-01"),
        event("hour", under=["b"]),
    )
    words = answer(said("same", "a", "b"), terms=terms).words
    term = words.terms["event", "a"]
    assert (term.names, term.under, term.incident) == (("Bazaar", "Market"), ("war",), True)
    assert str(term.counted_until) == "2020-10-01"
    assert words.inside("event", "hour", "war")


def ledger(*told: cs.Identification) -> cs.Ledger:
    """Make the two counts of one strike, each with its own first day, place and key of the event."""
    sheet = cs.Subject(harm=["killed"], event="sheet-17", since="2020-08-18", place="town")
    ged = cs.Subject(harm=["killed"], event="ged-1", since="2020-08-20", until="2020-08-21")
    counts = says("ministry", cs.Figure(12, 30), about=sheet), says("watch", cs.Figure.at_least(41), about=ged)
    return of_claims(*counts, identifications=told)


def test_two_lists_that_are_one_event_are_compared() -> None:
    """Other keys, places and first days: one finding of two sources that dispute; without a word, two single ones."""
    apart = cs.reconcile(ledger())
    assert [str(finding.status) for finding in apart] == ["single source", "single source"]
    [finding] = cs.reconcile(ledger(said("same", "ged-1", "sheet-17", because="same place")))
    assert (str(finding.status), finding.same_events) == ("disputed", ("ged-1", "sheet-17"))
    assert str(finding.undisputed) == "12 or more"


def test_the_table_the_page_and_the_explanation_say_who_says_so() -> None:
    """Nobody takes two events for one without a reader seeing on whose word."""
    result = cs.reconcile(ledger(said("same", "ged-1", "sheet-17", because="same place")))
    told = "ompared as one event, ged-1 and sheet-17, says reviewer (same place)"
    for text in (result.to_text(width=120), str(result.findings[0].explain()), result.to_html(pictures=False)):
        assert told in " ".join(text.split())
    assert result.to_frame()["same_events"].tolist() == ["ged-1; sheet-17"]


def test_the_table_lists_what_contradicts() -> None:
    """Events that are left apart are named, with everybody's word."""
    result = cs.reconcile(
        ledger(said("same", "ged-1", "sheet-17"), said("different", "ged-1", "sheet-17", says="desk"))
    )
    text = " ".join(result.to_text().split())
    assert "Left apart, since identifications contradict one another: ged-1 and sheet-17" in text
    assert "are different, says desk" in text
    assert len(result) == 2


def test_what_is_said_later_is_not_known_before() -> None:
    """Asked for what was known on a day, a later identification leaves no trace."""
    told = said("same", "ged-1", "sheet-17", stated="2026-11-28")
    dated = [claim.replacing(stated="2020-09-01") for claim in ledger()]
    known = cs.Ledger(dated, **ledger(told).declared)
    assert len(cs.reconcile(known, known_on="2026-11-27")) == 2
    assert len(cs.reconcile(known, known_on="2026-11-28")) == 1


def test_totals_say_both() -> None:
    """As one event at least 12 died, since nobody excludes that; as two, 12 and 41."""
    [total] = cs.bounds(ledger(said("same", "ged-1", "sheet-17"))).group_totals(["event"])
    assert (str(total.figure), str(total.as_different)) == ("12 or more", "53 or more")
    frame = cs.bounds(ledger(said("same", "ged-1", "sheet-17"))).totals(["event"])
    assert (frame["low"].tolist(), frame["low_as_different"].tolist()) == ([12.0], [53.0])


def test_a_way_that_there_is_not_is_named() -> None:
    """The error lists the ways."""
    with pytest.raises(UnknownNameError, match="one of accepted, none, different"):
        cs.reconcile(ledger(), same="some")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"relation": "same", "events": ["a"]}, "one-event"),
        ({"relation": "same", "events": ["a", "a"]}, "one-event"),
        ({"relation": "part-of", "events": ["a"]}, "whole-and-part"),
        ({"relation": "same", "events": ["a", "b"], "whole": "c"}, "whole-and-part"),
        ({"relation": "part-of", "events": ["a", "b"], "whole": "a"}, "one-event"),
    ],
)
def test_what_relates_nothing_is_refused(fields: dict[str, Any], reason: str) -> None:
    """An identification relates two events or more."""
    with pytest.raises(ModelError) as caught:
        cs.Identification(says="reviewer", **fields)
    assert caught.value.reason == reason
