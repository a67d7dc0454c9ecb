"""What somebody says of events changes no claim, whatever is said, in whatever order, and can be taken back."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

import casualties as cs
from casualties.model.identification import Relation
from casualties.model.vocabulary import Vocabulary
from casualties.reconciling.same_events import SameEvents
from casualties.testing import identifications, ledgers

EVENTS = ("a", "b", "c", "d", "e", "f")


@st.composite
def about_few_events(draw: st.DrawFn) -> cs.Identification:
    """Draw identifications that often speak of the same events."""
    events = draw(st.lists(st.sampled_from(EVENTS), min_size=2, max_size=3, unique=True))
    relation = draw(st.sampled_from((Relation.SAME, Relation.SAME, *Relation)))
    whole = events.pop() if relation is Relation.PART_OF else None
    day = draw(st.sampled_from((None, "2026-11-01", "2026-11-02")))
    return cs.Identification(
        relation=relation, events=events, whole=whole, says=draw(st.sampled_from(("reviewer", "desk"))), stated=day
    )


several = st.lists(about_few_events(), max_size=7)


def with_said(ledger: cs.Ledger, said: list[cs.Identification]) -> cs.Ledger:
    """Give a ledger with further identifications."""
    return ledger | cs.Ledger(identifications=said)


@given(ledger=ledgers(few_subjects=True), said=st.lists(identifications(), max_size=4))
def test_accepting_and_taking_back_changes_no_claim(ledger: cs.Ledger, said: list[cs.Identification]) -> None:
    """The claims are the same after something is said of their events, and each is in one finding."""
    told = with_said(ledger, said)
    assert list(told) == list(ledger)
    result = cs.reconcile(told)
    found = [claim.id for finding in result for claim in finding.claims]
    assert sorted(found) == sorted(claim.id for claim in ledger)
    kept = {each.id for each in ledger.identifications}
    declared = {**told.declared, "identifications": [each for each in told.identifications if each.id in kept]}
    assert cs.Ledger(told, **declared) == ledger


@given(ledger=ledgers(few_subjects=True), said=st.lists(identifications(), max_size=4))
def test_with_none_accepted_the_answer_is_as_if_nothing_was_said(
    ledger: cs.Ledger, said: list[cs.Identification]
) -> None:
    """Asked for no same events, every finding is what it was without identifications."""
    bare = cs.Ledger(ledger, **{**ledger.declared, "identifications": ()})
    plain = cs.reconcile(bare).findings
    told = cs.reconcile(with_said(ledger, said), same="none").findings
    assert [each.subject for each in plain] == [each.subject for each in told]
    assert [each.claims for each in plain] == [each.claims for each in told]
    assert [(each.status, each.common, each.span) for each in plain] == [
        (each.status, each.common, each.span) for each in told
    ]


@given(one=several, other=several, third=several)
def test_identifications_merge_as_sets(
    one: list[cs.Identification], other: list[cs.Identification], third: list[cs.Identification]
) -> None:
    """Merging is union by content: it commutes, associates, and what is said twice is said once."""
    a, b, c = (cs.Ledger(identifications=said) for said in (one, other, third))
    assert a | b == b | a
    assert (a | b) | c == a | (b | c)
    assert a | a == a
    assert {each.id for each in (a | b).identifications} == {each.id for each in (*one, *other)}


@given(said=several, seed=st.integers(0, 1_000))
def test_the_order_in_which_they_are_said_changes_nothing(said: list[cs.Identification], seed: int) -> None:
    """Groups, events left apart and relations are the same in any order."""
    shuffled = random.Random(seed).sample(said, len(said))
    one, other = SameEvents(said, Vocabulary()), SameEvents(shuffled, Vocabulary())
    assert (one.joined, one.left_apart) == (other.joined, other.left_apart)
    assert one.words == other.words


@given(said=several)
def test_a_group_holds_no_two_events_that_stand_as_different(said: list[cs.Identification]) -> None:
    """No two events are compared as one of which a standing word says that they are different, or part and whole."""
    answer = SameEvents(said, Vocabulary())
    for each in said:
        later = [other for other in said if other.says == each.says and other.stated and each.stated != other.stated]
        if each.is_same or (each.stated and later):
            continue
        for one, other in each.pairs:
            assert other not in answer.group(one)


@given(said=several)
def test_every_word_that_joins_two_events_is_followed_or_listed(said: list[cs.Identification]) -> None:
    """What says that two events are the same joins them, or is listed, or is replaced by its sayer's later word."""
    answer = SameEvents(said, Vocabulary())
    listed = {each.id for left in answer.left_apart for each in left.identifications}
    for each in said:
        for one, other in each.pairs if each.is_same else ():
            later = any(
                word.says == each.says and word.stated and each.stated and each.stated.surely_before(word.stated)
                for word in said
            )
            assert other in answer.group(one) or each.id in listed or later
