"""What a person gets back shows itself in a notebook, in the notebook's own colours."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import casualties as cs
from casualties._text import Printed
from casualties.bounding.totals import group_totals
from casualties.model.citation_check import CitationChecks
from casualties.wording import parse_statement

WAR = cs.seeds.load("nagorno-karabakh-2020-war")
DAYS = cs.seeds.load("nagorno-karabakh-2020-09-30")
RESULT = cs.reconcile(DAYS)
PAIR = RESULT.one(role="mercenary")
BOUNDS = cs.bounds(WAR)
DISPUTED = cs.reconcile(cs.seeds.load("gaza-al-ahli-2023-10")).one(harm="killed")
DAY = cs.PartialDate.parse("2020-08-18")
EVENT = (DAY, DAY, 40.37, 47.13, ("Barda",), ("army",))
ALIGNED = cs.align(
    cs.tables.EventList("a", [cs.tables.Event("a-1", *EVENT, figure=cs.Figure.exactly(12))]),
    cs.tables.EventList("b", [cs.tables.Event("b-7", *EVENT, figure=cs.Figure.exactly(12))]),
)

GIVEN: dict[str, tuple[Callable[[], object], str]] = {
    "a reading": (lambda: DAYS, "8 claims by 6 sources"),
    "a claim": (lambda: PAIR.claims[0], PAIR.claims[0].source),
    "a reconciliation": (lambda: RESULT, "as many as 25"),
    "a finding": (lambda: PAIR, "at least two"),
    "confidence": (lambda: PAIR.confidence, "low, for 2 or more"),
    "an explanation": (PAIR.explain, "Both allow 2–25."),
    "a sentence": (PAIR.sentence, "at least two Syrian mercenaries"),
    "a brief": (RESULT.brief, "Disputed: nothing"),
    "a picture": (PAIR.plot, "up to 25"),
    "a resolution": (lambda: PAIR.resolve("ucdp"), "2 (2–25)"),
    "a comparison": (RESULT.compare_codebooks, "ucdp"),
    "changes": (lambda: cs.changes(WAR, since="2020-11-14"), "Human Rights Ombudsman"),
    "bounds": (lambda: BOUNDS, "2,001–2,699"),
    "a bound": (lambda: next(each for each in BOUNDS if str(each.figure) == "2,001–2,699"), "2,001–2,699"),
    "a contradiction": (lambda: BOUNDS.contradictions[0], str(BOUNDS.contradictions[0]).splitlines()[0][:20]),
    "checks of citations": (lambda: CitationChecks(()), ""),
    "a position": (lambda: PAIR.positions[0], "up to 25"),
    "an independent source": (lambda: PAIR.independent_sources[1], "akoush"),
    "a dispute": (lambda: DISPUTED.disputes[0], "471"),
    "disputes": (lambda: DISPUTED.disputes, "10–50"),
    "a denial": (lambda: DISPUTED.denials[0], "european-intelligence"),
    "what words state": (lambda: parse_statement("at least 541 Syrian mercenaries killed"), "Syrian mercenaries"),
    "an alignment": (lambda: ALIGNED, "b-7"),
    "a proposal of one event": (lambda: ALIGNED.proposals[0], "a-1 and b-7"),
    "totals of lists": (lambda: ALIGNED.totals, "as different 24"),
    "a total": (lambda: group_totals(BOUNDS.entries[:1], ["side"], BOUNDS)[0], "armenian"),
    "a change": (lambda: cs.changes(WAR, since="2020-11-14").changes[0], "Artsakh"),
    "a draft": (lambda: cs.draft("The ministry said that 12 people were killed on 4 October 2020."), "12"),
}


@pytest.mark.parametrize("name", GIVEN)
def test_everything_that_a_person_gets_back_shows_itself(name: str) -> None:
    """It is shown as HTML that holds its answer, with no style and no colour of its own but a picture's."""
    make, answer = GIVEN[name]
    shown = make()._repr_html_()  # type: ignore[attr-defined]
    assert answer in re.sub(r"</?bdi>", "", shown)
    assert shown.lstrip().startswith("<")
    if name != "a picture":
        assert "color" not in shown
        assert "<style" not in shown


def test_findings_are_set_off_from_claims() -> None:
    """The row of a finding is strong, and those of its claims are not."""
    shown = RESULT._repr_html_()
    assert len(re.findall(r"<strong>|<th scope=\"row\"|font-weight", shown)) >= len(RESULT)


def test_a_claim_shows_its_facets_and_citations_in_words() -> None:
    """No field of a claim is shown as code."""
    shown = re.sub(r"</?bdi>", "", PAIR.claims[0]._repr_html_())
    assert "side: azerbaijani" in shown
    assert "The New Arab, Turkey will send military support" in shown
    assert "Citation(" not in shown


def test_hostile_words_stay_words() -> None:
    """What is printed in letters of one width shows markup, and what turns the direction of text, as written."""

    class Answer(Printed):
        def __str__(self) -> str:
            return "one\n  <b>two</b>\u202e"

    assert Answer()._repr_html_() == "<pre>one\n  &lt;b&gt;two&lt;/b&gt;\\u202e</pre>"
