"""What a printed sentence checks: no number of its own, every source named, nothing called confirmed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import casualties as cs
from casualties._text import inert
from casualties.model.claim import Claim
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.results import Finding, reconcile
from casualties.show.sentences import House, Sentence, printed
from casualties.testing import ledgers

STORIES = Path(__file__).parents[3] / "shared" / "stories"


def listed(text: str) -> tuple[str, ...]:
    """List words as they stand in a line."""
    return tuple(text.split())


ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = {word: 10 * tens for tens, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
WORDS = {**{word: number for number, word in enumerate(ONES)}, **TENS}
NUMBER = re.compile(rf"\d[\d,]*|\b(?:{'|'.join(TENS)})-(?:{'|'.join(ONES)})\b|\b(?:{'|'.join(WORDS)}|a hundred)\b")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = rf"\d+ (?:{MONTHS}) (?:\d{{1,4}}|_)"  # a name or a figure may read like the year, and is taken out before
DATES = re.compile(
    rf"\b(?:between )?(?:\d+ (?:(?:{MONTHS}) )?(?:\d{{1,4}} )?(?:to|and) )?{DAY}\b|\b(?:{MONTHS}) \d{{1,4}}\b"
    r"|\b(?:in|from|to|by|as of|and|between) \d{3,4}\b"
)


def numbers_in(text: str) -> set[int]:
    """Read every number of a text, in numerals and in words."""
    found = set()
    for written in NUMBER.findall(text.lower()):
        tens, _, ones = written.partition("-")
        if written[0].isdigit():
            found.add(int(written.replace(",", "")))
        else:
            found.add(100 if written == "a hundred" else WORDS[tens] + (WORDS[ones] if ones else 0))
    return found


def stated_by(claim: Claim) -> set[int]:
    """Give the numbers that a claim states, in its figure or in its words."""
    figure = claim.figure
    ends = {0} if figure is None else {figure.low, *({figure.high, figure.best} - {None})}
    words = " ".join(citation.words or "" for citation in claim.citations)
    thousands = {1_000 * int(number) for number in re.findall(r"(\d+) thousand\b", words)}
    return {each for each in ends if each is not None} | numbers_in(words) | thousands


def without_names(text: str, finding: Finding) -> str:
    """Take the names of sources and words out of a text."""
    names = {name for source in finding.view.sources.values() for name in (*source.names, source.key)}
    names |= {name for term in finding.view.words.terms.values() for name in (*term.names, term.key)}
    claims = finding.view.claims.values()
    facets = [claim.subject.model_dump(exclude={"since", "until"}) for claim in claims]
    words = [value for each in facets for value in each.values() if isinstance(value, str)]
    names |= {*words, *(each for claim in claims for each in (*claim.subject.harm, *claim.subject.with_))}
    names |= {each for claim in claims for each in claim.subject.without}
    for name in sorted(set(map(inert, names)), key=len, reverse=True):
        for form in (name, name.replace("-", " ")):
            text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", "_", text, flags=re.IGNORECASE)
    return text


def complaints(finding: Finding, sentence: Sentence) -> Iterator[str]:
    """Say what a sentence about a finding promises and does not keep."""
    by_id = finding.view.claims
    masked = without_names(sentence.text, finding)
    left = masked
    for number in sorted(sentence.numbers, key=lambda each: -len(each.text)):
        known = set().union(*(stated_by(by_id[claim]) for claim in number.claims))
        if strange := numbers_in(number.text) - known:
            yield f"{number.text!r}: no claim states {sorted(strange)}"
        if number.text not in sentence.text:
            yield f"{number.text!r} is not in the sentence"
        left = re.sub(rf"(?<![\w,]){re.escape(number.text)}(?!\w|,\d)", "_", left)
        for source in number.sources:
            if inert(finding.view.sources[source].name).lower() not in sentence.text.lower():
                yield f"{source} states {number.text!r} and is not named"
        if {by_id[claim].source for claim in number.claims} != set(number.sources):
            yield f"{number.text!r}: its claims are not those of {number.sources}"
    left = DATES.sub("_", left)
    if strange := numbers_in(left):
        yield f"{sorted(strange)} stand in no number of the sentence: {left}"
    if re.search(r"confirm|corroborat|establish", masked):
        yield "it calls something confirmed"
    attributed = [voice for voice in finding.independent_sources if not voice.unattributed]
    if re.search(r"By (?:both|the) accounts", masked) and len(attributed) < 2:
        yield "fewer than two independent sources bear it out"
    if "cannot" in masked and not finding.disputes:
        yield "nobody disputes"


styles = st.sampled_from([House(), House(1), House(101)])


@given(ledger=ledgers(few_subjects=True, max_claims=8), style=styles)
def test_a_printed_sentence_keeps_what_it_promises(ledger: Ledger, style: House) -> None:
    """Whatever a ledger holds, its sentences state no number of their own and name everybody whose number they give."""
    for finding in reconcile(ledger):
        for length in ("short", "long"):
            sentence = printed(finding, length, style)
            assert list(complaints(finding, sentence)) == [], sentence.text
            assert set(sentence.claims) <= set(finding.view.claims)


FILES = [cs.seeds.path(name) for name in cs.seeds.names()]
FILES += sorted([*STORIES.glob("*.yaml"), *STORIES.glob("small/*.yaml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_seeds_and_stories_keep_it_too(path: Path) -> None:
    """The same holds for every finding of every seed, and of the stories where they lie beside the repository."""
    for finding in reconcile(cs.read(path)):
        for length in ("short", "long"):
            sentence = finding.sentence(length)
            assert list(complaints(finding, sentence)) == [], sentence.text


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("at least two", "at least three"), "no claim states [3]"),
        (("Hussein Akoush says", "Somebody says"), "akoush states 'at least two' and is not named"),
        (("killed;", "killed, 12 of them women;"), "[12] stand in no number of the sentence"),
        (("says at least", "confirms at least"), "it calls something confirmed"),
        (("as many as 25.", "as many as 25. They cannot both be right."), "nobody disputes"),
    ],
)
def test_a_sentence_that_breaks_its_promise_is_found(change: tuple[str, str], complaint: str) -> None:
    """Each promise is seen to be asked for on a sentence that breaks it."""
    finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
    right = finding.sentence()
    assert change[0] in right.text
    numbers = tuple(replace(each, text=each.text.replace(*change)) for each in right.numbers)
    broken = Sentence(right.text.replace(*change), right.claims, numbers)
    assert any(complaint in each for each in complaints(finding, broken))


def test_dates_are_no_numbers_of_people() -> None:
    """The dates of a sentence are taken out before its numbers are read."""
    finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
    told = finding.sentence("long").text
    assert "27 to 30 September 2020" in told
    assert numbers_in(DATES.sub("_", without_names(told, finding))) == {11}
    assert str(PartialDate.parse("2020-09-30")) == "2020-09-30"


def test_the_count_of_one_day_says_its_day() -> None:
    """Beside the toll of a war, what was said of one day or of the first two names it, and the toll needs no days."""
    text = """
casualties: 1
sources: {mod: {name: Health Ministry}}
claims:
  - {source: mod, killed: 900, since: 2020-09-27, until: 2020-10-22}
  - {source: mod, killed: 54, since: 2020-10-02, until: 2020-10-02}
  - {source: mod, killed: 28, until: 2020-09-28}
"""
    told = {finding.sentence().text for finding in cs.reconcile(cs.read(io.StringIO(text), format="yaml"))}
    assert told == {
        "The Health Ministry says 900 people were killed.",
        "The Health Ministry says 54 people were killed on 2 October 2020.",
        "The Health Ministry says 28 people had been killed by 28 September 2020.",
    }


def test_that_figures_cannot_both_be_right_is_said_of_the_figures() -> None:
    """The sentence on figures that exclude one another stands right after them, before who is blamed."""
    text = """
casualties: 1
sides: {west: {name: West}}
sources: {mod: {name: Health Ministry}, un: {name: Interior Ministry}}
defaults: {since: 2020-09-27, until: 2020-09-27}
claims:
  - {source: mod, killed: 900, perpetrator: west}
  - {source: un, killed: 28}
"""
    (finding,) = cs.reconcile(cs.read(io.StringIO(text), format="yaml"))
    assert finding.sentence("long").text == (
        "The Health Ministry says 900 people were killed on 27 September 2020; the Interior Ministry says 28. "
        "They cannot both be right. The Health Ministry says West was responsible."
    )
